export const notices = {
  title: '今日摘要',
  note: '{{area}} · {{day}}',
  work: '要办的事',
  figure: {
    overdue: '件已逾期',
    today: '件今天到期',
    soon: '件三个工作日内到期',
    escalated: '件逾期上报到我这里',
  },
  news: '近两周的消息',
  newsCount: '共 {{count}} 条，{{unread}} 条未读',
  new: '新',
  emptyTitle: '没有新消息',
  emptyText: '辖区里出现红色预警、您的工作被退回、文件被挂起、您的申请有了决定时，会列在这里。',
  kind: {
    'red-clue': '新的红色预警：{{cause}}',
    'visit-returned': '入户核实被退回，请再去一次',
    'case-decided': '您办过的手续有了结果',
    'held-batch': '文件批次挂起，等待决定',
    'export-decided': '您申请的导出有了决定',
  },
  of: {
    'case-decided': {
      'sent-back': '您办过的手续被退回',
      refused: '您办过的手续未通过',
      dropped: '您办过的手续已终止',
      entered: '您办过的手续已完成',
    },
    'export-decided': { ready: '您申请的导出已同意', declined: '您申请的导出未同意' },
  },
}
