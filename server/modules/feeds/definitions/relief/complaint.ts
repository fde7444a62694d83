import * as kit from '../kit.ts'

/** Calls to the hotlines and letters of complaint; each becomes a report in the inbox of clues. */
export const complaint = kit.defineFeed({
  code: 'complaint',
  follows: 'reports',
  name: { zh: '信访热线诉求', en: 'Complaints and hotline calls' },
  department: 'XF',
  cadence: 'event',
  grain: 'person',
  table: 'petition_complaint',
  key: ['ticketNo'],
  observedBy: 'receivedOn',
  columns: [
    ...kit.person('姓名'),
    kit.text('ticketNo', ['工单编号', '工单号', '受理编号', '编号'], 'Ticket number', kit.required),
    kit.oneOf('line', ['渠道', '来电渠道', '受理渠道', '来源'], 'Channel', 'complaintLine', kit.required),
    kit.oneOf(
      'subject',
      ['诉求类型', '诉求类别', '问题类型', '类别'],
      'Subject',
      'complaintSubject',
      kit.required,
    ),
    kit.text('content', ['诉求内容', '内容', '反映内容', '主要内容'], 'Content', kit.required),
    kit.date('receivedOn', ['受理日期', '来电日期', '受理时间', '日期'], 'Received on', kit.required),
  ],
  rowRules: [],
})
