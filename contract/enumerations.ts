/** One value of an enumeration: labels both ways, what else the departments write for it, the national system's code. */
export interface EnumerationTerm {
  zh: string
  en: string
  accept?: readonly string[]
  national?: string
}

/** Every enumeration of the registry and the departments, as code ↔ Chinese and English. Stored is always the code. */
export const enumerations = {
  yesNo: {
    yes: {
      zh: '是',
      en: 'Yes',
      accept: ['有', 'Y', 'YES', 'TRUE', '已', '√', '参保', '已参保', '达标'],
      national: '1',
    },
    no: {
      zh: '否',
      en: 'No',
      accept: ['无', 'N', 'NO', 'FALSE', '未', '×', '没有', '未参保', '不是'],
      national: '0',
    },
  },
  department: {
    FP: { zh: '扶贫办', en: 'Poverty alleviation office' },
    YB: { zh: '医保局', en: 'Medical security' },
    WJ: { zh: '卫健委', en: 'Health' },
    JY: { zh: '教育局', en: 'Education' },
    ZJ: { zh: '住建局', en: 'Housing' },
    SL: { zh: '水利局', en: 'Water' },
    MZ: { zh: '民政局', en: 'Civil affairs' },
    CL: { zh: '残联', en: "Disabled persons' federation" },
    RS: { zh: '人社局', en: 'Human resources' },
    GA: { zh: '公安局', en: 'Public security' },
    YJ: { zh: '应急局', en: 'Emergency management' },
    NY: { zh: '农业农村局', en: 'Agriculture' },
    YH: { zh: '金融机构', en: 'Banks' },
    SJ: { zh: '市场监管局', en: 'Market regulation' },
    SW: { zh: '税务局', en: 'Taxation' },
    ZR: { zh: '自然资源局', en: 'Natural resources' },
    CZ: { zh: '财政局', en: 'Finance' },
    XF: { zh: '信访局', en: 'Petitions' },
    QX: { zh: '气象局', en: 'Meteorology' },
    WX: { zh: '网信办', en: 'Cyberspace affairs' },
  },
  householdCategory: {
    unrelieved: { zh: '未脱贫户', en: 'Unrelieved' },
    stable: { zh: '稳定脱贫户', en: 'Stable' },
    unstable: { zh: '脱贫不稳定户', en: 'Unstable', accept: ['脱贫监测户'] },
    marginal: { zh: '边缘易致贫户', en: 'Marginal', accept: ['边缘户'] },
    'sudden-hardship': { zh: '突发严重困难户', en: 'Sudden hardship' },
    ordinary: { zh: '一般农户', en: 'Ordinary' },
  },
  riskCause: {
    illness: { zh: '因病', en: 'Illness' },
    disability: { zh: '因残', en: 'Disability' },
    schooling: { zh: '因学', en: 'Schooling' },
    disaster: { zh: '因自然灾害', en: 'Natural disaster', accept: ['因灾'] },
    accident: { zh: '因意外事故', en: 'Accident' },
    epidemic: { zh: '因疫', en: 'Epidemic', accept: ['因新冠疫情'] },
    'business-failure': { zh: '因产业项目失败', en: 'Business failure' },
    'unstable-job': { zh: '因务工就业不稳', en: 'Unstable job' },
    'labour-shortage': { zh: '缺劳动力', en: 'Labour shortage', accept: ['缺劳力'] },
    housing: { zh: '因安全住房', en: 'Housing' },
    water: { zh: '因安全饮水', en: 'Water' },
    other: { zh: '其他', en: 'Other' },
  },
  povertyAttribute: {
    ordinary: { zh: '一般贫困户', en: 'Ordinary poor household', accept: ['一般农户'], national: '01' },
    dibao: { zh: '低保贫困户', en: 'On subsistence allowance', accept: ['低保户', '低保'], national: '04' },
    tekun: {
      zh: '特困供养贫困户',
      en: 'In destitute care',
      accept: ['五保贫困户', '特困供养户', '五保户', '特困户', '分散供养特困户'],
      national: '06',
    },
  },
  reliefMark: {
    unrelieved: { zh: '未脱贫', en: 'Unrelieved', accept: ['未脱贫户'], national: '0' },
    relieved: { zh: '脱贫', en: 'Relieved', accept: ['已脱贫', '脱贫户', '正常脱贫'], national: '1' },
    'pre-relieved': { zh: '预脱贫', en: 'About to be relieved', accept: ['预脱贫户'], national: '2' },
    relapsed: { zh: '返贫', en: 'Relapsed', accept: ['返贫户'], national: '3' },
  },
  povertyCause: {
    illness: { zh: '因病', en: 'Illness', accept: ['因病致贫'], national: '01' },
    disability: { zh: '因残', en: 'Disability', accept: ['因残致贫'], national: '02' },
    schooling: { zh: '因学', en: 'Schooling', accept: ['因学致贫'], national: '03' },
    disaster: { zh: '因灾', en: 'Disaster', accept: ['因灾致贫', '因自然灾害'], national: '04' },
    'land-shortage': { zh: '缺土地', en: 'Land shortage', national: '05' },
    'water-shortage': { zh: '缺水', en: 'Water shortage', national: '06' },
    'skill-shortage': { zh: '缺技术', en: 'Skill shortage', national: '07' },
    'labour-shortage': {
      zh: '缺劳力',
      en: 'Labour shortage',
      accept: ['缺劳动力', '缺少劳动力'],
      national: '08',
    },
    'fund-shortage': { zh: '缺资金', en: 'Fund shortage', national: '09' },
    transport: { zh: '交通条件落后', en: 'Poor transport', accept: ['交通落后'], national: '10' },
    motivation: {
      zh: '自身发展动力不足',
      en: 'Lack of drive',
      accept: ['自身发展力不足', '发展动力不足'],
      national: '11',
    },
    marriage: { zh: '因婚', en: 'Marriage', national: '12' },
    other: { zh: '其他', en: 'Other', accept: ['其它'], national: '99' },
  },
  monitoringCategory: {
    unstable: { zh: '脱贫监测户', en: 'Unstable', accept: ['脱贫不稳定户', '脱贫不稳定'] },
    marginal: { zh: '边缘户', en: 'Marginal', accept: ['边缘易致贫户', '边缘易致贫'] },
  },
  roadType: {
    dirt: { zh: '泥土路', en: 'Dirt', accept: ['泥土', '土路'], national: '01' },
    gravel: { zh: '砂石路', en: 'Gravel', accept: ['砂石', '沙石路', '沙石'], national: '02' },
    concrete: { zh: '水泥路', en: 'Concrete', accept: ['水泥', '硬化路'], national: '03' },
    asphalt: { zh: '沥青路', en: 'Asphalt', accept: ['沥青', '柏油路'], national: '04' },
  },
  fuel: {
    firewood: { zh: '柴草', en: 'Firewood and straw', national: '01' },
    dung: { zh: '干畜粪', en: 'Dried dung', national: '02' },
    coal: { zh: '煤炭', en: 'Coal', accept: ['煤'], national: '03' },
    clean: { zh: '清洁能源', en: 'Clean energy', accept: ['电', '液化气', '沼气', '天然气'], national: '04' },
    other: { zh: '其他', en: 'Other', accept: ['其它'], national: '99' },
  },
  sex: {
    male: { zh: '男', en: 'Male', accept: ['男性'], national: '1' },
    female: { zh: '女', en: 'Female', accept: ['女性'], national: '2' },
  },
  relation: {
    head: { zh: '户主', en: 'Head', accept: ['本人', '户主本人'], national: '01' },
    spouse: {
      zh: '配偶',
      en: 'Spouse',
      accept: ['妻', '夫', '妻子', '丈夫', '之妻', '之夫'],
      national: '02',
    },
    son: { zh: '之子', en: 'Son', accept: ['子', '儿子', '长子', '次子', '三子', '独生子'], national: '03' },
    daughter: {
      zh: '之女',
      en: 'Daughter',
      accept: ['女', '女儿', '长女', '次女', '三女', '独生女'],
      national: '04',
    },
    'daughter-in-law': {
      zh: '之儿媳',
      en: 'Daughter-in-law',
      accept: ['儿媳', '儿媳妇', '媳'],
      national: '05',
    },
    'son-in-law': { zh: '之女婿', en: 'Son-in-law', accept: ['女婿'], national: '06' },
    grandson: { zh: '之孙子', en: 'Grandson', accept: ['孙子', '孙'], national: '07' },
    granddaughter: { zh: '之孙女', en: 'Granddaughter', accept: ['孙女'], national: '08' },
    'daughters-son': { zh: '之外孙子', en: "Daughter's son", accept: ['外孙子', '外孙'], national: '09' },
    'daughters-daughter': { zh: '之外孙女', en: "Daughter's daughter", accept: ['外孙女'], national: '10' },
    father: { zh: '之父', en: 'Father', accept: ['父', '父亲'], national: '11' },
    mother: { zh: '之母', en: 'Mother', accept: ['母', '母亲'], national: '12' },
    'wifes-father': { zh: '之岳父', en: "Wife's father", accept: ['岳父'], national: '13' },
    'wifes-mother': { zh: '之岳母', en: "Wife's mother", accept: ['岳母'], national: '14' },
    'husbands-father': { zh: '之公公', en: "Husband's father", accept: ['公公'], national: '15' },
    'husbands-mother': { zh: '之婆婆', en: "Husband's mother", accept: ['婆婆'], national: '16' },
    grandfather: { zh: '之祖父', en: 'Grandfather', accept: ['祖父', '爷爷'], national: '17' },
    grandmother: { zh: '之祖母', en: 'Grandmother', accept: ['祖母', '奶奶'], national: '18' },
    'mothers-father': {
      zh: '之外祖父',
      en: "Mother's father",
      accept: ['外祖父', '外公', '姥爷'],
      national: '19',
    },
    'mothers-mother': {
      zh: '之外祖母',
      en: "Mother's mother",
      accept: ['外祖母', '外婆', '姥姥'],
      national: '20',
    },
    sibling: {
      zh: '之兄弟姐妹',
      en: 'Sibling',
      accept: ['兄弟姐妹', '兄', '弟', '姐', '妹', '兄弟', '哥哥', '弟弟', '姐姐', '妹妹'],
    },
    uncle: { zh: '之叔伯', en: 'Uncle', accept: ['叔伯', '叔叔', '伯父'] },
    'great-grandchild': {
      zh: '之曾孙子女',
      en: 'Great-grandchild',
      accept: ['曾孙子', '曾孙女', '之曾孙子', '之曾孙女'],
    },
    'siblings-child': {
      zh: '之侄儿女',
      en: "Sibling's child",
      accept: ['侄儿', '侄女', '侄子', '之侄儿', '之侄女'],
    },
    'brothers-wife': { zh: '之兄弟媳妇', en: "Brother's wife", accept: ['兄弟媳妇', '嫂子', '弟媳'] },
    other: { zh: '其他', en: 'Other', accept: ['其它', '其他亲属', '非亲属'], national: '99' },
  },
  education: {
    illiterate: {
      zh: '文盲或半文盲',
      en: 'Illiterate',
      accept: ['文盲', '半文盲', '文盲半文盲'],
      national: '01',
    },
    primary: { zh: '小学', en: 'Primary', accept: ['小学毕业'], national: '02' },
    junior: { zh: '初中', en: 'Junior middle', accept: ['初中毕业'], national: '03' },
    senior: {
      zh: '高中',
      en: 'Senior middle',
      accept: ['高中(含中专)', '中专', '中职', '高中毕业'],
      national: '04',
    },
    college: { zh: '大专', en: 'College', accept: ['大专(含高职高专)', '专科', '高职高专'], national: '05' },
    bachelor: {
      zh: '本科及以上',
      en: 'Bachelor or above',
      accept: ['本科', '大学本科', '硕士', '研究生'],
      national: '06',
    },
  },
  studentStatus: {
    'preschool-age': { zh: '学龄前儿童', en: 'Below school age', accept: ['学龄前'] },
    preschool: { zh: '学前教育', en: 'Preschool', accept: ['幼儿园', '学前班'] },
    primary: { zh: '小学', en: 'Primary school', accept: ['小学生', '在校小学'] },
    'junior-1': { zh: '七年级', en: 'Junior 1', accept: ['初一', '初中一年级'] },
    'junior-2': { zh: '八年级', en: 'Junior 2', accept: ['初二', '初中二年级'] },
    'junior-3': { zh: '九年级', en: 'Junior 3', accept: ['初三', '初中三年级'] },
    'senior-1': { zh: '普通高中一年级', en: 'Senior 1', accept: ['高一', '高中一年级'] },
    'senior-2': { zh: '普通高中二年级', en: 'Senior 2', accept: ['高二', '高中二年级'] },
    'senior-3': { zh: '普通高中三年级', en: 'Senior 3', accept: ['高三', '高中三年级'] },
    'vocational-1': { zh: '中职一年级', en: 'Vocational 1', accept: ['中专一年级'] },
    'vocational-2': { zh: '中职二年级', en: 'Vocational 2', accept: ['中专二年级'] },
    'vocational-3': { zh: '中职三年级', en: 'Vocational 3', accept: ['中专三年级'] },
    'college-1': { zh: '高职高专一年级', en: 'College 1', accept: ['大专一年级', '专科一年级'] },
    'college-2': { zh: '高职高专二年级', en: 'College 2', accept: ['大专二年级', '专科二年级'] },
    'college-3': { zh: '高职高专三年级', en: 'College 3', accept: ['大专三年级', '专科三年级'] },
    'technician-1': { zh: '技师学院一年级', en: 'Technician college 1' },
    'technician-2': { zh: '技师学院二年级', en: 'Technician college 2' },
    'technician-3': { zh: '技师学院三年级', en: 'Technician college 3' },
    'technician-4': { zh: '技师学院四年级', en: 'Technician college 4' },
    'bachelor-1': { zh: '本科一年级', en: 'Bachelor 1', accept: ['大一'] },
    'bachelor-2': { zh: '本科二年级', en: 'Bachelor 2', accept: ['大二'] },
    'bachelor-3': { zh: '本科三年级', en: 'Bachelor 3', accept: ['大三'] },
    'bachelor-4': { zh: '本科四年级', en: 'Bachelor 4', accept: ['大四'] },
    'bachelor-5': { zh: '本科五年级', en: 'Bachelor 5', accept: ['大五'] },
    postgraduate: {
      zh: '硕士研究生及以上',
      en: 'Postgraduate',
      accept: ['硕士及以上', '硕士', '研究生', '博士'],
    },
  },
  labour: {
    ordinary: { zh: '普通劳动力', en: 'Ordinary worker', accept: ['普通'], national: '01' },
    skilled: { zh: '技能劳动力', en: 'Skilled worker', accept: ['技能'], national: '02' },
    weak: {
      zh: '弱劳动力或半劳动力',
      en: 'Weak or half worker',
      accept: ['弱劳动力', '半劳动力', '弱劳力或半劳力', '弱(半)劳动力'],
    },
    lost: { zh: '丧失劳动力', en: 'Lost ability to work', accept: ['丧失'], national: '03' },
    none: { zh: '无劳动力', en: 'Not of working ability', accept: ['无劳力', '无'], national: '04' },
  },
  health: {
    healthy: { zh: '健康', en: 'Healthy', accept: ['良好', '健康或良好'], national: '01' },
    chronic: {
      zh: '长期慢性病',
      en: 'Long-term illness',
      accept: ['慢性病', '慢病', '患有长期慢性病'],
      national: '02',
    },
    major: { zh: '患有大病', en: 'Major illness', accept: ['大病', '重病', '患大病'], national: '03' },
    disabled: { zh: '残疾', en: 'Disabled', accept: ['残疾人'], national: '04' },
  },
  memberChange: {
    death: { zh: '死亡', en: 'Died', accept: ['病故', '去世', '自然死亡'] },
    'married-out': { zh: '嫁出', en: 'Married out', accept: ['婚嫁转出'] },
    emigrated: { zh: '出国定居', en: 'Settled abroad' },
    imprisoned: { zh: '判刑收监', en: 'Imprisoned', accept: ['服刑'] },
    'moved-out': { zh: '其他转出', en: 'Moved out', accept: ['转出', '迁出', '户籍迁出'] },
    'married-in': { zh: '嫁入', en: 'Married in', accept: ['婚嫁转入'] },
    newborn: { zh: '新生儿', en: 'Newborn', accept: ['新生', '出生'] },
    'moved-in': { zh: '其他转入', en: 'Moved in', accept: ['转入', '迁入', '户籍迁入'] },
  },
  visitKind: {
    inpatient: { zh: '住院', en: 'Inpatient', accept: ['普通住院', '住院治疗', '转外住院'], national: '21' },
    outpatient: { zh: '普通门诊', en: 'Outpatient', accept: ['门诊', '门诊统筹'], national: '11' },
    'chronic-outpatient': {
      zh: '门诊慢特病',
      en: 'Outpatient, chronic or special disease',
      accept: ['门诊慢性病', '门诊特殊病', '慢性病门诊', '门诊特慢病', '门诊慢病', '门诊特病'],
      national: '14',
    },
  },
  insurancePayment: {
    paid: { zh: '已缴费', en: 'Paid', accept: ['已缴', '正常缴费', '缴费'] },
    unpaid: { zh: '未缴费', en: 'Unpaid', accept: ['未缴', '欠费'] },
    'paid-on-behalf': { zh: '代缴', en: 'Paid on behalf', accept: ['财政代缴', '全额代缴', '政府代缴'] },
  },
  illnessKind: {
    major: { zh: '大病', en: 'Major illness', accept: ['重大疾病', '新增大病'] },
    chronic: { zh: '慢病', en: 'Chronic illness', accept: ['慢性病', '长期慢性病'] },
    confirmed: { zh: '确诊病例', en: 'Confirmed case', accept: ['确诊', '新冠确诊', '新冠肺炎确诊病例'] },
    suspected: { zh: '疑似病例', en: 'Suspected case', accept: ['疑似', '新冠疑似', '新冠肺炎疑似病例'] },
    quarantined: {
      zh: '隔离',
      en: 'In quarantine',
      accept: ['隔离观察', '居家隔离', '集中隔离', '医学观察'],
    },
  },
  illnessOutcome: {
    'in-treatment': { zh: '在治', en: 'In treatment', accept: ['治疗中', '在院'] },
    cured: { zh: '治愈', en: 'Cured', accept: ['治愈出院', '痊愈', '康复'] },
    died: { zh: '死亡', en: 'Died' },
    released: { zh: '解除', en: 'Released', accept: ['解除隔离', '排除'] },
  },
  schoolStage: {
    preschool: { zh: '学前', en: 'Preschool', accept: ['学前教育', '幼儿园'] },
    primary: { zh: '小学', en: 'Primary' },
    junior: { zh: '初中', en: 'Junior middle' },
    senior: { zh: '高中', en: 'Senior middle', accept: ['普通高中', '普高'] },
    vocational: { zh: '中职', en: 'Vocational', accept: ['中等职业', '中专', '职高'] },
    college: { zh: '高职高专', en: 'College', accept: ['大专', '专科', '高职'] },
    bachelor: { zh: '本科及以上', en: 'Bachelor or above', accept: ['本科', '大学', '研究生'] },
  },
  schoolStatus: {
    enrolled: { zh: '在校', en: 'At school', accept: ['在读', '正常在校', '在校就读'] },
    suspended: { zh: '休学', en: 'On leave' },
    'dropped-out': { zh: '辍学', en: 'Dropped out', accept: ['失学', '失学辍学'] },
    'suspected-dropout': {
      zh: '疑似辍学',
      en: 'Suspected of dropping out',
      accept: ['疑似失学', '疑似失学辍学'],
    },
    'home-taught': { zh: '送教上门', en: 'Taught at home', accept: ['送教'] },
    graduated: { zh: '毕业', en: 'Graduated', accept: ['已毕业'] },
    'not-enrolled': { zh: '未入学', en: 'Not enrolled' },
  },
  absenceReason: {
    physical: {
      zh: '身体原因',
      en: 'Physical reason',
      accept: ['身体原因不具备学习条件', '因病', '因残', '重度残疾'],
    },
    deferred: { zh: '延缓入学', en: 'Approved deferral', accept: ['缓学', '批准延缓入学'] },
    other: { zh: '其他', en: 'Other', accept: ['其它'] },
  },
  dwellingGrade: {
    A: { zh: 'A', en: 'A', accept: ['A级', 'A 级', 'a'] },
    B: { zh: 'B', en: 'B', accept: ['B级', 'B 级', 'b'] },
    C: { zh: 'C', en: 'C', accept: ['C级', 'C 级', 'c'] },
    D: { zh: 'D', en: 'D', accept: ['D级', 'D 级', 'd'] },
  },
  waterQuality: {
    passed: { zh: '合格', en: 'Passed', accept: ['达标', '水质合格'] },
    failed: { zh: '不合格', en: 'Failed', accept: ['不达标', '超标', '水质不合格'] },
  },
  assistanceKind: {
    dibao: { zh: '低保', en: 'Subsistence allowance', accept: ['农村低保', '最低生活保障', '城市低保'] },
    tekun: {
      zh: '特困',
      en: 'Destitute care',
      accept: ['特困供养', '五保', '分散供养', '集中供养', '特困人员'],
    },
    temporary: { zh: '临时救助', en: 'Temporary relief' },
    orphan: { zh: '孤儿', en: 'Orphan allowance', accept: ['孤儿保障', '事实无人抚养儿童'] },
  },
  disabilityCategory: {
    visual: { zh: '视力', en: 'Visual', accept: ['视力残疾'], national: '1' },
    hearing: { zh: '听力', en: 'Hearing', accept: ['听力残疾'], national: '2' },
    speech: { zh: '言语', en: 'Speech', accept: ['言语残疾', '语言'], national: '3' },
    limb: { zh: '肢体', en: 'Limb', accept: ['肢体残疾'], national: '4' },
    intellectual: { zh: '智力', en: 'Intellectual', accept: ['智力残疾'], national: '5' },
    mental: { zh: '精神', en: 'Mental', accept: ['精神残疾'], national: '6' },
    multiple: { zh: '多重', en: 'Multiple', accept: ['多重残疾'], national: '7' },
  },
  disabilityGrade: {
    '1': { zh: '一级', en: 'Grade 1', accept: ['壹级', '1级', 'I级'] },
    '2': { zh: '二级', en: 'Grade 2', accept: ['贰级', '2级', 'II级'] },
    '3': { zh: '三级', en: 'Grade 3', accept: ['叁级', '3级', 'III级'] },
    '4': { zh: '四级', en: 'Grade 4', accept: ['肆级', '4级', 'IV级'] },
  },
  employmentStatus: {
    employed: { zh: '就业', en: 'Employed', accept: ['在岗', '务工', '已就业', '在业'] },
    unemployed: { zh: '失业', en: 'Unemployed', accept: ['失业登记'] },
    returned: { zh: '返乡', en: 'Returned home', accept: ['返乡未就业', '返乡人员'] },
    'not-employed': { zh: '未就业', en: 'Not employed', accept: ['无业', '待业'] },
  },
  workplace: {
    township: { zh: '乡内', en: 'Within the township', accept: ['乡(镇)内', '乡镇内', '本乡镇'] },
    county: {
      zh: '县内',
      en: 'Within the county',
      accept: ['乡外县内', '乡(镇)外县内', '乡镇外县内', '本县'],
    },
    province: { zh: '省内', en: 'Within the province', accept: ['县外省内', '本省'] },
    outside: { zh: '省外', en: 'Outside the province', accept: ['外省'] },
    other: { zh: '其他', en: 'Elsewhere', accept: ['其它', '境外'] },
  },
} as const satisfies Record<string, Record<string, EnumerationTerm>>

export type EnumerationName = keyof typeof enumerations

/** The codes of one enumeration: `Code<'visitKind'>` is `'inpatient' | 'outpatient' | 'chronic-outpatient'`. */
export type Code<Name extends EnumerationName> = Extract<keyof (typeof enumerations)[Name], string>

/** The terms of one enumeration in their order, as pairs of code and term. */
export function termsOf(name: EnumerationName): [string, EnumerationTerm][] {
  return Object.entries(enumerations[name])
}

/** The label of a code; a code that the enumeration does not know comes back as it is. */
export function labelOf(name: EnumerationName, code: string, language: 'zh' | 'en' = 'zh'): string {
  const terms: Record<string, EnumerationTerm> = enumerations[name]
  return terms[code]?.[language] ?? code
}
