import * as kit from '../kit.ts'
import { when } from '../rows/row-rules.ts'

const notRegistered = (registered: unknown, value: unknown) => registered === false && value !== null

/** The registry's own household file, from the national poverty register. */
export const household = kit.defineFeed({
  code: 'household',
  name: { zh: '农户基本信息', en: 'Households' },
  department: 'FP',
  cadence: 'monthly',
  grain: 'household',
  table: 'household_record',
  key: [],
  columns: [
    kit.text(
      'householdNo',
      ['户编号', '户编码', '户号', '家庭编号', 'aac001', 'HBH'],
      'Household number',
      kit.required,
    ),
    kit.division(
      'villageCode',
      ['行政区划代码', '村编码', '行政村代码', '区划代码', '所在村代码', 'aad001', 'XZQHDM'],
      'Village code',
      kit.required,
    ),
    kit.text('groupName', ['村民组', '组', '村民小组', '组名', 'aar007'], "Villagers' group"),
    kit.name('headName', ['户主姓名', '户主', '姓名', 'aac029', 'HZXM'], "Head's name", kit.required),
    kit.idKind(),
    kit.idNumber(
      'headIdNumber',
      [
        '户主证件号码',
        '户主身份证号',
        '户主身份证号码',
        '户主证件号',
        '证件号码',
        '身份证号',
        '身份证号码',
        '公民身份号码',
        'aac031',
        'HZSFZH',
      ],
      "Head's ID number",
      { required: true, kindIn: 'idKind' },
    ),
    kit.phone('phone', ['联系电话', '电话', '手机号', '手机号码', '联系方式', 'aar012', 'LXDH'], 'Telephone'),
    kit.text('bankName', ['开户银行', '开户行', '开户银行名称', 'aaq002'], 'Bank'),
    kit.bankCard('bankCard', ['银行账号', '银行卡号', '银行帐号', '一卡通账号', 'aac004'], 'Bank account'),
    kit.yesNo(
      'registered',
      ['是否建档立卡', '是否建档立卡户', '建档立卡', '是否贫困户', 'SFJDLK'],
      'Registered as poor',
      kit.required,
    ),
    kit.oneOf(
      'povertyAttribute',
      ['贫困户属性', '属性', '户属性', '农户属性', 'aac006'],
      'Kind of poor household',
      'povertyAttribute',
    ),
    kit.oneOf('reliefMark', ['脱贫标志', '脱贫属性', '脱贫状态', 'aar010'], 'Relief mark', 'reliefMark'),
    kit.oneOf(
      'mainCause',
      ['主要致贫原因', '致贫原因', '主要致(返)贫原因', '致贫主要原因', 'aac007'],
      'Main cause of poverty',
      'povertyCause',
    ),
    kit.month(
      'identifiedMonth',
      ['首次识别时间', '识别时间', '识别年月', '首次识别年月', '识别监测时间'],
      'First identified',
    ),
    kit.integer('relievedYear', ['脱贫年度', '脱贫年份', '脱贫时间', '脱贫年'], 'Year of relief', {
      min: 2014,
      max: 2100,
    }),
    kit.oneOf(
      'monitoringCategory',
      ['监测对象类别', '监测类别', '监测对象类型', '监测户类型'],
      'Monitored as',
      'monitoringCategory',
    ),
    kit.integer(
      'memberCount',
      ['家庭人口数', '家庭人口', '人口数', '家庭成员数', '家庭人数'],
      'Household size',
      { min: 1, max: 40 },
    ),
    kit.decimal('farmland', ['耕地面积', '耕地', '耕地面积(亩)', 'aac301'], 'Farmland, mu', {
      min: 0,
      max: 10_000,
    }),
    kit.decimal(
      'dwellingArea',
      ['住房面积', '住房面积(平方米)', '房屋面积', 'aac317'],
      'Dwelling, square metres',
      { min: 0, max: 10_000 },
    ),
    kit.oneOf('roadType', ['入户路类型', '入户路', 'aac316'], 'Road to the door', 'roadType'),
    kit.oneOf('fuel', ['主要燃料类型', '燃料类型', '主要燃料', 'aac320'], 'Main fuel', 'fuel'),
    kit.yesNo('toilet', ['卫生厕所', '是否有卫生厕所', '有无卫生厕所', 'aac319'], 'Sanitary toilet'),
  ],
  rowRules: [
    when(
      ['reliefMark', 'registered'],
      'registration-without-mark',
      ([mark, registered]) => registered === true && mark === null,
    ),
    when(['reliefMark', 'registered'], 'mark-without-registration', ([mark, registered]) =>
      notRegistered(registered, mark),
    ),
    when(['relievedYear', 'registered'], 'mark-without-registration', ([year, registered]) =>
      notRegistered(registered, year),
    ),
    when(
      ['relievedYear', 'reliefMark'],
      'relieved-without-year',
      ([year, mark]) => mark === 'relieved' && year === null,
    ),
    when(
      ['monitoringCategory', 'registered'],
      'category-needs-registration',
      ([category, registered]) => category === 'unstable' && registered === false,
    ),
    when(
      ['monitoringCategory', 'registered'],
      'category-excludes-registration',
      ([category, registered]) => category === 'marginal' && registered === true,
    ),
  ],
})
