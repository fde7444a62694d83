import type { RouteMeta } from './route.ts'

export interface StreamRoute {
  method: 'GET' | 'PUT'
  path: `/${string}`
  summary: string
  capability: RouteMeta['capability']
  query: Record<string, { description: string; required: boolean }>
  requestBody?: string
  response: string
}

/** Routes that stream files and therefore stand outside the typed contract; they are in the OpenAPI document all the same. */
export const streams = {
  upload: {
    method: 'PUT',
    path: '/uploads',
    summary: 'Send a file; it is kept encrypted, inspected and answered with an Upload',
    capability: 'batch.send',
    query: { name: { description: 'File name', required: true } },
    requestBody: 'application/octet-stream',
    response: 'application/json',
  },
  feedTemplate: {
    method: 'GET',
    path: '/feeds/{feed}/template.xlsx',
    summary: 'A workbook to fill in for a feed: heads, lists to choose from, an example, explanations',
    capability: 'batch.send',
    query: {},
    response: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  },
  statistics: {
    method: 'GET',
    path: '/statistics/{table}.xlsx',
    summary:
      'A statistical table in the form of official reports; with `template` filled into the office’s own workbook of that name',
    capability: 'overview.read',
    query: {
      area: { description: 'Code of a division inside one’s area', required: false },
      on: {
        description: 'Day of the report; today where none is named, another only of `classification-by-area`',
        required: false,
      },
      template: { description: '`own`: the office’s own workbook of this table', required: false },
    },
    response: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  },
  rejects: {
    method: 'GET',
    path: '/batches/{ref}/rejects.{format}',
    summary:
      'Rejected rows as sent, with the reasons, as xlsx or csv; the workbook marks the wrong cells and is sent again as it is',
    capability: 'batch.read',
    query: {},
    response: 'text/csv',
  },
  exportFile: {
    method: 'GET',
    path: '/exports/{id}/file',
    summary: 'The file of one’s export, with a visible and a hidden mark of who took it and when',
    capability: 'export.request',
    query: {
      format: {
        description: '`xlsx`, `csv` or `print`, a page for paper; csv by default',
        required: false,
      },
      language: {
        description: '`zh` or `en`, of heads and words; Chinese by default',
        required: false,
      },
    },
    response: 'text/csv',
  },
  photoPart: {
    method: 'PUT',
    path: '/visits/{id}/photos/{photo}',
    summary:
      'Send a photo of a visit, whole or from an offset on; answers a StoredPhoto. `photo-offset` names where to go on when the offset is not where the last part ended',
    capability: 'visit.report',
    query: {
      size: { description: 'Bytes of the whole photo', required: true },
      offset: { description: 'Where this part begins', required: true },
      sha256: { description: 'Digest of the whole photo, hex; checked once it is whole', required: true },
    },
    requestBody: 'application/octet-stream',
    response: 'application/json',
  },
  photo: {
    method: 'GET',
    path: '/visits/{id}/photos/{photo}',
    summary: 'One photo of a visit',
    capability: 'visit.read',
    query: {},
    response: 'image/jpeg',
  },
  publicList: {
    method: 'GET',
    path: '/cases/public-list.docx',
    summary: 'The masked lists for the notice board as a Word file, one page a village',
    capability: 'case.act',
    query: {
      kind: { description: 'identification or resolution', required: true },
      step: { description: 'publicity or announce', required: true },
      area: { description: 'Code of a division inside one’s area', required: false },
    },
    response: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  },
  caseDocument: {
    method: 'GET',
    path: '/cases/{id}/documents/{kind}.docx',
    summary:
      'A form of a case as a Word file, from a template that an office may replace; `template-broken` says what is wrong with it',
    capability: 'case.act',
    query: {},
    response: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  },
  accountFile: {
    method: 'PUT',
    path: '/accounts/file',
    summary:
      'Check a file of new accounts (用户名, 姓名, 角色, 区划代码, 部门) and request them; answers an AccountFileResult with the requester’s halves of the enrolment codes',
    capability: 'account.manage',
    query: {
      name: { description: 'File name', required: true },
      dryRun: { description: '`true`: only check', required: false },
      skipBad: { description: '`true`: request the good ones although others are wrong', required: false },
    },
    requestBody: 'application/octet-stream',
    response: 'application/json',
  },
} as const satisfies Record<string, StreamRoute>
