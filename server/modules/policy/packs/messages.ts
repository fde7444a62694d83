/** What can be wrong with a policy file, and how to mend it. For whoever keeps the pack, so in their language. */
export const faultTexts = {
  syntax: (d: string) => [`YAML 写法有误：${d}`, '检查缩进、引号和冒号后的空格'],
  unknownKey: (key: string, near: string | undefined) => [
    `不认识的键“${key}”`,
    near ? `是不是“${near}”？` : '删去，或改成说明文档里列出的键',
  ],
  missingKey: (key: string) => [`缺少“${key}”`, `补上 ${key}:`],
  wrongValue: (detail: string) => [`取值不对：${detail}`, '按提示改正取值'],
  unknownIndicator: (name: string, near: string | undefined) => [
    `没有名为“${name}”的指标`,
    near ? `是不是“${near}”？` : '用指标目录里的名字',
  ],
  unknownParameter: (name: string, near: string | undefined) => [
    `没有名为“${name}”的参数`,
    near ? `是不是“${near}”？` : '先在 parameters/ 里写明这个参数',
  ],
  unknownDocument: (id: string) => [`没有编号为“${id}”的文件`, '先在 pack.yaml 的 documents 里列出'],
  unknownArticle: (document: string, article: string, known: string) => [
    `文件“${document}”没有列出条款“${article}”`,
    `可用条款：${known}`,
  ],
  requiredCause: (cause: string) => [`没有写“${cause}”对应的帮扶措施`, '在 measures.yaml 的 causes 里补上'],
  requiredMeasure: (type: string) => [`没有写措施类型“${type}”`, '在 measures.yaml 的 types 里补上'],
  emptyGroup: (key: string) => [`“${key}”下面没有条件，会对所有人成立`, '至少写一个条件'],
  notCondition: () => [
    '这里应当是一个条件',
    '写 all、any、not，或者 indicator、is 加上 value、param、than 之一',
  ],
  oneOperand: (n: number) => [
    n === 0 ? '比较缺少右边' : '比较的右边写了不止一个',
    'value、param、than 三者写且只写一个',
  ],
  unitMismatch: (left: string, right: string) => [
    `单位对不上：左边是 ${left}，右边是 ${right}`,
    '换成同一单位的指标或参数',
  ],
  notOrdered: (name: string) => [`“${name}”是是非或等级，不能比大小`, '是非只用 = 或 !=；等级逐个写 = '],
  notFigure: (name: string, unit: string) => [
    `“${name}”的单位是 ${unit}，这个值写不进去`,
    unit === 'grade' ? '写 A、B、C 或 D' : unit === 'bool' ? '写 true 或 false' : '写数字，金额最多两位小数',
  ],
  measureOnce: (name: string) => [
    `measure“${name}”在 when 里没有比较，说明里不知该用哪个界限`,
    'measure 在 when 里要比较；比较几次的，说明用第一次的界限',
  ],
  needsDiffer: (written: string, actual: string) => [
    `needs 写的是 ${written}，条件用到的却是 ${actual}`,
    `改为 needs: [${actual}]`,
  ],
  exampleMissing: (kind: string) => [`缺少一个“${kind}”的例子`, '每条规则至少有命中、未命中、无法判定各一例'],
  exampleIndicator: (name: string) => [`例子没有写指标“${name}”`, `补上 ${name}，未知写 null`],
  exampleUnused: (name: string) => [`例子写了条件没有用到的指标“${name}”`, '删去'],
  exampleNull: (name: string) => [`指标“${name}”总是已知，不能写 null`, '写上确定的值'],
  exampleFails: (want: string, got: string, day: string) => [
    `例子应为 ${want}，按 ${day} 的参数算出来是 ${got}`,
    '改例子，或者改条件',
  ],
  duplicateId: (id: string) => [`“${id}”出现了两次`, '编号不能重复'],
  fileName: (id: string) => [`文件名与编号“${id}”不一致`, `改名为 ${id}.yaml`],
  overlap: (a: string, b: string) => [
    `同一地方的两个取值日期重叠：${a} 与 ${b}`,
    '给前一个写上 to（后一个 from 的前一天）',
  ],
  backwards: (from: string, to: string) => [`起止颠倒：${from} 至 ${to}`, '改正 from 或 to'],
  noParent: (id: string) => [`没有名为“${id}”的政策包可以沿用`, '写 policy/ 下另一个文件夹的名字'],
  grandparent: (id: string) => [`“${id}”自己也沿用别的政策包`, '只能沿用一层：改为沿用最早的那个'],
  notInherited: (name: string, parent: string) => [
    `“${name}”不在沿用的“${parent}”里，无从去掉`,
    '删去，或改成那里有的参数或规则编号',
  ],
  withoutParent: () => ['without 只在写了 inherits 时有意义', '删去 without，或写明 inherits'],
  sameVersion: (id: string, parent: string, version: number) => [
    `规则 ${id} 与“${parent}”的不同，版本却没有更高`,
    `写 version: ${version + 1} 或以上`,
  ],
  folderName: (id: string, folder: string) => [
    `政策包编号“${id}”与文件夹“${folder}”不一致`,
    `写 id: ${folder}`,
  ],
  packsOverlap: (other: string, until: string) => [
    `与政策包“${other}”日期重叠（它到 ${until}）`,
    '给前一个写上 to（后一个 from 的前一天）',
  ],
  packsGap: (other: string, until: string) => [
    `与政策包“${other}”之间有空档（它到 ${until}）`,
    '让 from 紧接前一个的 to',
  ],
  yearlyEnds: (key: string, year: string) => [
    `参数“${key}”逐年设定，取值却没有到 ${year} 年内为止`,
    `写上 to（不晚于 ${year}-12-31）；下一年另写一个取值，没有公布就不写`,
  ],
  sampleStatus: (document: string, province: string | undefined, status: string) =>
    province === undefined
      ? [`文件“${document}”没有写明是哪个外省的`, '在 pack.yaml 里写上 sampleOf，或改 status']
      : [`文件“${document}”是${province}的，这里写成了 ${status}`, '写 status: sample：对安徽只是样本'],
  noValue: (key: string, day: string) => [
    `参数“${key}”在 ${day} 没有全省的取值，政策包那天还在执行`,
    '补上这一段的取值，最后一个值不写 to',
  ],
  valuesOrDerived: () => ['values 与 derived 要写且只写一个', '留下其中一个'],
  derivedLoop: (key: string) => [`“${key}”由自己推算自己`, '推算只能依据直接写明取值的参数'],
  derivedShare: (key: string) => [`推算用的“${key}”单位不是 percent`, '换成百分比参数'],
  unusedParameter: (key: string, near: string | undefined) => [
    `参数“${key}”没有规则也没有程序用到`,
    near ? `是不是“${near}”？` : '删去，或检查拼写',
  ],
  requiredParameter: (key: string) => [`程序需要参数“${key}”，政策包没有写`, `在 parameters/ 里补上 ${key}`],
  unknownRetention: (key: string, near: string | undefined) => [
    `不认识的留存规则“${key}”`,
    near ? `是不是“${near}”？` : '删去，或改成程序认得的键',
  ],
  requiredRetention: (key: string) => [`没有写“${key}”的留存期限`, `在 retention.yaml 里补上 key: ${key}`],
  retentionAction: (key: string, known: string) => [
    `“${key}”不能这样清除`,
    known === 'keep' ? '这一类一直保留，写 action: keep' : `写 action: ${known}，或一直保留写 keep`,
  ],
  retentionMonths: () => ['月数与做法不符', '一直保留写 months: null，其余写月数'],
  placeholder: (name: string) => [
    `说明里的“{${name}}”不认识`,
    '只能用 {name} {value} {threshold} {margin} {year} {month}',
  ],
  letterValue: (name: string, known: readonly string[]) => [
    `信里的“{${name}}”不认识`,
    `这封信只能用 ${known.map((one) => `{${one}}`).join(' ')}`,
  ],
  letterSecret: (name: string) => [
    `短信里不能写“{${name}}”：手机常有几个人用`,
    '短信只写日子、谁来、打什么电话，难处写在信里',
  ],
  letterLength: (most: number) => [`短信太长`, `连同日子、地名一条发完，不超过 ${most} 字`],
} as const satisfies Record<string, (...details: never[]) => [string, string]>
