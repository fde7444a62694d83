/** A batch that waits: why, and what a person may decide. */
export const holdReasons = {
  title: '这一批不寻常，已暂停，等人决定',
  lead: '还没有任何内容入库。请看原因，再决定放行还是拒收。',
  'many-rejects': '退回的行太多：占 {{share}}，允许 {{limit}}',
  'many-duplicates': '文件内重复的行太多：占 {{share}}，允许 {{limit}}',
  'many-unmatched': '不在册的人太多：占 {{share}}，允许 {{limit}}',
  'figures-moved': '“{{column}}”与已知的相差 {{times}} 倍：以前中位数 {{known}} 元，现在 {{found}} 元',
  'figures-tiny': '没有写金额单位或写的是元，各列中位数最高只有 {{found}} 元（不到 {{known}} 元）',
  'figures-huge': '“{{column}}”的中位数有 {{found}} 元（超过 {{known}} 元）',
  'known-emptied': '“{{column}}”以前有内容，这个文件里有 {{share}} 变空了',
  'refunds-contradict': '退费合计超过了原来的结算：第 {{rows}} 行',
  'count-differs': '文件末尾写着 {{stated}}，读到的是 {{counted}} 行：见第 {{rows}} 行',
  hints: {
    'count-differs': '常见原因：文件没有导完、中间被截断，或多贴了几行。多数情况应拒收，请报送部门重新导出。',
    'figures-moved':
      '常见原因：单位错了（元、万元），或列对错了。多数情况应拒收，写明单位再传；确有其事可以放行。',
    'figures-tiny': '常见原因：金额是万元，却没有写明。请问清楚；多数情况应拒收，写明单位再传。',
    'figures-huge':
      '常见原因：金额是元，却写成了万元或千元。多数情况应拒收，改好单位再传；确有其事可以放行。',
    'known-emptied': '常见原因：导出时漏了这一列，或列名改了没有认出。放行后已知的内容会被空白取代。',
    'refunds-contradict':
      '同一笔结算可能退了两次：原单号退一次，新单号又退一次。请核对后拒收重传，或确认无误再放行。',
    'many-rejects':
      '常见原因：列对错了、导出时证件号码变成科学计数法、用了旧模板。多数情况应拒收，改好再传。',
    'many-duplicates': '常见原因：同一张表粘贴了两遍，或导出时按明细重复。重复的行只取一次。',
    'many-unmatched':
      '常见原因：文件里有别的县的人，或有大量不在册的人。不在册的行不会入库，范围无误可以放行。',
  },
  limit: '允许 {{limit}}',
  release: '放行',
  refuse: '拒收',
  releaseEffect:
    '放行后，可用的 {{rows}} 行将入库并重新筛查；退回的 {{rejected}} 行、不在册的 {{unmatched}} 行不入库。',
  refuseEffect: '拒收后，这一批 {{total}} 行都不入库，已有数据不变。报送部门可以改好再传。',
  reason: '理由',
  reasonHint: '会留在记录里，报送部门也能看到。',
  reasonMissing: '请写明理由。',
  confirmRelease: '放行这一批',
  confirmRefuse: '拒收这一批',
  cancel: '取消',
  released: '已放行，正在入库。',
  refused: '已拒收，没有内容入库。',
  decidedRelease: '{{by}}于 {{date}} 放行。理由：{{reason}}',
  decidedRefuse: '{{by}}于 {{date}} 拒收。理由：{{reason}}',
}
