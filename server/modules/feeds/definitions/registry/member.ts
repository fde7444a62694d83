import { birthByDocument } from '#server/platform/people/documents.ts'
import * as kit from '../kit.ts'
import { birthFitsId, sexFitsId, when } from '../rows/row-rules.ts'

/** The registry's own member file, one row per person of a household. */
export const member = kit.defineFeed({
  code: 'member',
  name: { zh: '家庭成员信息', en: 'Household members' },
  department: 'FP',
  cadence: 'monthly',
  grain: 'person',
  table: 'member_record',
  key: [],
  columns: [
    kit.text(
      'householdNo',
      ['户编号', '户编码', '户号', '家庭编号', 'aac001', 'HBH'],
      'Household number',
      kit.required,
    ),
    kit.text(
      'memberNo',
      ['人编号', '人编码', '成员编号', '人员编号', 'aab001', 'RBH'],
      'Member number',
      kit.required,
    ),
    kit.name('name', ['姓名', '成员姓名', '人员姓名', 'aab002', 'XM'], 'Name', {
      ...{ required: true, found: true },
    }),
    kit.oneOf('sex', ['性别', 'aab003', 'XB'], 'Sex', 'sex', kit.required),
    kit.idKind(),
    kit.idNumber(
      'idNumber',
      [
        '证件号码',
        '身份证号',
        '身份证号码',
        '公民身份号码',
        '公民身份证号码',
        '证件号',
        'aab004',
        'AAC002',
        'SFZH',
        'ZJHM',
      ],
      'ID number',
      // A newborn has none yet, nor has a spouse from abroad whose papers are on their way: members all the same.
      { kindIn: 'idKind' },
    ),
    kit.date('birth', ['出生日期', '出生年月日', '出生年月', '生日', 'aab005', 'CSRQ'], 'Date of birth', {
      otherwise: { from: 'idNumber', make: birthByDocument },
    }),
    kit.oneOf(
      'relation',
      ['与户主关系', '户主关系', '与户主的关系', '家庭关系', 'aab006'],
      'Relation to the head',
      'relation',
      kit.required,
    ),
    kit.text('ethnic', ['民族', 'aab007', 'MZ'], 'Ethnic group'),
    kit.oneOf('education', ['文化程度', '学历', '受教育程度', 'aab008'], 'Education', 'education'),
    kit.oneOf(
      'studentStatus',
      ['在校生状况', '在校状况', '在校生情况', '是否在校生', 'aab009'],
      'Student status',
      'studentStatus',
    ),
    kit.oneOf(
      'labour',
      ['劳动技能', '劳动能力', '劳动力情况', '劳动力状况', 'aab010'],
      'Ability to work',
      'labour',
      kit.required,
    ),
    kit.someOf('health', ['健康状况', '身体状况', '健康情况', 'aab017'], 'Health', 'health'),
    kit.phone('phone', ['联系电话', '电话', '手机号', '手机号码', '联系方式', 'aab031'], 'Telephone'),
    kit.oneOf(
      'change',
      ['成员变更', '变更类型', '人员变更', '成员变更原因', '自然增减原因'],
      'Change of membership',
      'memberChange',
    ),
    kit.date('changedOn', ['变更日期', '变更时间', '成员变更日期', '自然变更时间'], 'Changed on'),
  ],
  rowRules: [
    birthFitsId('birth', 'idNumber'),
    sexFitsId('sex', 'idNumber'),
    when(
      ['studentStatus', 'education'],
      'education-and-student',
      ([student, education]) => (student === null) === (education === null),
    ),
    when(
      ['health'],
      'healthy-and-ill',
      ([health]) => typeof health === 'string' && health.includes('healthy,'),
    ),
    when(['changedOn', 'change'], 'change-without-date', ([day, change]) => change !== null && day === null),
  ],
})
