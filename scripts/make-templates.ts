import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { CaseDocument } from '#contract/contact/documents.ts'
import { root } from './step.ts'
import { type Cell, cell, grid, head, paragraph, wordFile } from './word-parts.ts'

/** Makes the built-in forms in data/templates; an office edits copies of them in Word, never this script. */
const title = (text: string) => paragraph(text, { size: 'title', align: 'center', below: 12 })
const line = (text: string) => paragraph(text, { above: 4, below: 4 })
const text = (words: string) => paragraph(words, { size: 'large', indent: true })
const right = (words: string) => paragraph(words, { size: 'large', align: 'right' })
const part = (words: string) => paragraph(words, { bold: true, above: 8, below: 4, withNext: true })
const foot = '文件编号 {文件编号}　{打印人} {打印日期}打印　内含个人信息，请勿转发'
const publicFoot = '文件编号 {文件编号}　{打印日期}'

const place = '{县} {乡镇} {村}'
const householdRows: (Cell | string)[][] = [
  [head('户主'), '{户主}', head('户编号'), cell('{户编号}', 3)],
  [head('家庭人口'), '{人数} 人', head('联系电话'), '{电话}', head('建档立卡户'), '{是否建档立卡}'],
  [head('现在类别'), '{现在类别}', head('主要原因'), cell('{原因}', 3)],
]
const householdGrid = grid([13, 18, 13, 22, 15, 12], householdRows)
const memberGrid = grid(
  [7, 11, 13, 7, 7, 24, 15, 16],
  [
    ['序号', '姓名', '与户主关系', '性别', '年龄', '证件号', '健康', '劳动能力'].map((name) => head(name)),
    ['{#成员}{序号}', '{姓名}', '{关系}', '{性别}', '{年龄}', '{证件号}', '{健康}', '{劳动能力}{/成员}'],
  ],
)
const signed = (who: string) => `${who}（签字）：　　　　　　　　　　　　年　　月　　日`
const sealed = (who: string) => `${who}（盖章）　　　　　年　　月　　日`
/** Where the seal goes, and the day beneath it. */
const seal = (who: string) => [
  paragraph(`${who}（盖章）`, { size: 'large', align: 'right', above: 16, withNext: true }),
  right('年　　月　　日'),
]

const forms: Record<CaseDocument, { body: string[]; foot?: string }> = {
  'verification-form': {
    body: [
      title('防返贫监测入户核查表'),
      line(`${place}　　　入户日期：{入户日期}`),
      householdGrid,
      part('一、家庭成员'),
      memberGrid,
      part('二、要核实的线索'),
      grid(
        [7, 16, 9, 68],
        [
          [head('序号'), head('原因'), head('等级'), head('说明')],
          ['{#线索}{序号}', '{原因}', '{等级}', '{说明}{/线索}'],
        ],
      ),
      part('三、逐项核查（两不愁三保障、饮水、收入、支出和自救能力）'),
      grid(
        [7, 19, 16, 58],
        [
          [head('序号'), head('项目'), head('结果'), head('情况说明')],
          ['{#核查项目}{序号}', '{项目}', '{结果}', '{说明}{/核查项目}'],
        ],
      ),
      line(
        '部门数据人均纯收入 {部门人均纯收入} 元（监测线 {监测线} 元）；户里说的人均年收入 {户里说的收入} 元，大额刚性支出 {户里说的支出} 元。',
      ),
      line('其他说明：{入户说明}'),
      part('四、核查意见'),
      grid(
        [7, 45, 20, 28],
        [
          [head('序号'), head('线索'), head('意见'), head('说明')],
          ['{#核查意见}{序号}', '{线索}', '{意见}', '{说明}{/核查意见}'],
        ],
      ),
      line('入户人：{入户人}　　同行人：{同行人}　　见到：{见到谁}'),
      line(signed('入户人')),
      line(signed('同行人')),
      line(signed('农户')),
    ],
  },
  'authorisation-form': {
    body: [
      title('承诺授权书'),
      line(place),
      line('户主：{户主}　　户编号：{户编号}'),
      text('{授权文字}'),
      text('授权比对的信息（打勾为同意）：'),
      grid(
        [20, 80],
        [
          [head('同意'), head('信息')],
          [{ text: '{#授权范围}{勾选}', align: 'center' }, '{范围}{/授权范围}'],
        ],
      ),
      paragraph('', { size: 'small' }),
      text('我户承诺所报情况属实；如有隐瞒，愿意承担责任。'),
      part('成年家庭成员签字'),
      grid(
        [8, 18, 28, 26, 20],
        [
          [head('序号'), head('姓名'), head('证件号'), head('签字（按手印）'), head('日期')],
          ['{#成年成员}{序号}', '{姓名}', '{证件号}', cell('', 1, 32), '{/成年成员}'],
        ],
      ),
      line('签字日期：{签字日期}　　已签字：{签字人}'),
      line('监督电话：{监督电话}　　授权书版本：{授权书版本}'),
    ],
  },
  'review-minutes': {
    body: [
      title('民主评议会议记录'),
      line(`${place}　　办理类型：{办理类型}`),
      grid(
        [14, 36, 14, 36],
        [
          [head('开会日期'), '{开会日期}', head('地点'), ''],
          [head('主持人'), '', head('记录人'), ''],
          [head('应到人数'), '{应到人数} 人', head('实到人数'), '{实到人数} 人'],
          [head('同意人数'), '{同意人数} 人', head('评议结果'), '{评议结果}'],
          [head('评议对象'), cell('{户主}（户编号 {户编号}），{人数} 人，{原因}', 3)],
          [head('会议记录'), cell('{会议记录}', 3, 190)],
        ],
      ),
      part('到会代表签字'),
      grid(
        [1, 1, 1, 1, 1],
        // As many as come to a meeting of a village.
        Array.from({ length: 7 }, () => Array.from({ length: 5 }, () => cell('', 1, 26))),
      ),
      ...seal('{村}'),
    ],
  },
  'publicity-notice': {
    foot: publicFoot,
    body: notice(
      '经入户核实、民主评议，现将{县}{乡镇}{村}名单公示如下，公示时间{公示起始}至{公示截止}。如有异议，请在公示期内向本村（社区）、乡镇（街道）反映，或者拨打监督电话。',
      '公示地点：{公示地点}',
    ),
  },
  'announcement-notice': {
    foot: publicFoot,
    body: notice(
      '经村级评议公示、乡镇审核、县级审定，现将{县}{乡镇}{村}名单公告如下。',
      '公告地点：{公示地点}',
      true,
    ),
  },
  'township-audit-form': {
    body: [
      title('乡镇审核表'),
      line(`${place}　　办理类型：{办理类型}`),
      householdGrid,
      part('办理情况'),
      grid(
        [14, 86],
        [
          [
            head('村级评议'),
            cell('{开会日期}应到 {应到人数} 人，实到 {实到人数} 人，同意 {同意人数} 人，{评议结果}。'),
          ],
          [head('村内公示'), cell('{公示起始}至{公示截止}，公示于{公示地点}；异议 {异议条数} 条。')],
          [head('信息比对'), cell('{比对日期}比对，发现 {比对条数} 条需要说明。')],
          [head('乡镇意见'), cell('{乡镇结论}　{乡镇意见}', 1, 100)],
        ],
      ),
      part('比对发现和说明'),
      flagGrid(),
      part('公示期间的异议'),
      grid(
        [7, 17, 12, 33, 21, 10],
        [
          ['序号', '日期', '提出人', '内容', '答复', '结论'].map((name) => head(name)),
          ['{#异议}{序号}', '{日期}', '{提出人}', '{内容}', '{答复}', '{结论}{/异议}'],
        ],
      ),
      line('审核人：{乡镇人}　　审核日期：{乡镇日期}'),
      line(signed('审核人')),
      line(signed('乡镇负责人')),
      ...seal('{乡镇}'),
    ],
  },
  'county-approval-form': {
    body: [
      title('县级审定表'),
      line(`${place}　　办理类型：{办理类型}　　绿色通道：{绿色通道}`),
      householdGrid,
      part('家庭成员'),
      memberGrid,
      part('比对发现、说明和决定'),
      flagGrid(),
      line('还没有部门数据的比对项目：{未覆盖来源}'),
      grid(
        [16, 84],
        [
          [head('乡镇审核'), cell('{乡镇结论}　{乡镇意见}\n审核人：{乡镇人}　　{乡镇日期}', 1, 44)],
          [
            head('县级审定'),
            cell(
              `{县级结论}　{县级意见}\n审定人：{县级人}　　{县级日期}\n\n审定人（签字）：　　　　　　　　　领导（签字）：\n\n${sealed('{县}扶贫开发领导小组办公室')}`,
            ),
          ],
          [head('认定类别'), '{认定类别}'],
          [head('公告'), '{公告日期}　　地点：{公告地点}'],
        ],
      ),
      line('办理依据：{政策}'),
    ],
  },
  'resolution-form': {
    body: [
      title('监测对象风险消除审批表'),
      line(`${place}　　消除方式：{消除方式}`),
      householdGrid,
      part('消除条件'),
      grid(
        [8, 70, 22],
        [
          [head('序号'), head('条件'), head('结果')],
          ['{#消除条件}{序号}', '{条件}', { text: '{结果}{/消除条件}', align: 'center' }],
        ],
      ),
      part('办理情况'),
      grid(
        [16, 84],
        [
          [head('入户核实'), '{入户日期}，{入户人}、{同行人}入户，见到{见到谁}。'],
          [
            head('村级评议'),
            '{开会日期}应到 {应到人数} 人，实到 {实到人数} 人，同意 {同意人数} 人，{评议结果}。',
          ],
          [head('村内公示'), '{公示起始}至{公示截止}，公示于{公示地点}；异议 {异议条数} 条。'],
          [head('乡镇意见'), cell(`{乡镇结论}　{乡镇意见}\n\n${sealed('{乡镇}')}`, 1, 56)],
          [
            head('县级意见'),
            cell(`{县级结论}　{县级意见}\n\n${sealed('{县}扶贫开发领导小组办公室')}`, 1, 66),
          ],
        ],
      ),
      line(`${signed('农户')}　　监督电话：{监督电话}`),
    ],
  },
}

function flagGrid(): string {
  return grid(
    [7, 33, 12, 26, 10, 12],
    [
      ['序号', '发现', '成员', '说明', '决定', '理由'].map((name) => head(name)),
      ['{#比对发现}{序号}', '{发现}', '{成员}', '{说明}', '{决定}', '{理由}{/比对发现}'],
    ],
  )
}

/** One page a village: title, words, the masked list, seal and day. */
function notice(words: string, where: string, decided = false): string[] {
  const columns = ['序号', '户主', '证件号', '村民组', '人数', '原因', ...(decided ? ['类别'] : [])]
  const row = columns.map((column, i): Cell => {
    const end = i === columns.length - 1 ? '{/名单}' : ''
    return { text: `${i === 0 ? '{#名单}' : ''}{${column}}${end}`, align: 'center', size: 'text' }
  })
  return [
    paragraph('{#村庄}'),
    paragraph('{标题}', { size: 'title', align: 'center', below: 16, newPage: true }),
    text(words),
    paragraph('', { size: 'small' }),
    grid(decided ? [8, 11, 28, 11, 8, 18, 16] : [9, 14, 29, 14, 9, 25], [
      columns.map((column): Cell => ({ text: column, head: true, size: 'text' })),
      row,
    ]),
    paragraph('', { size: 'small' }),
    text(where),
    text('监督电话：{监督电话}'),
    paragraph('{村}（盖章）', { size: 'large', align: 'right', above: 28, withNext: true }),
    right('{落款日期}'),
    paragraph('{/村庄}'),
  ]
}

const out = path.join(root, 'data/templates')
mkdirSync(out, { recursive: true })
for (const [name, form] of Object.entries(forms))
  writeFileSync(path.join(out, `${name}.docx`), wordFile(form.body, form.foot ?? foot))
