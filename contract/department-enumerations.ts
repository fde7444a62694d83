import type { EnumerationTerm } from './enumeration-term.ts'

/** Enumerations of the departments' files. */
export const departmentEnumerations = {
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
