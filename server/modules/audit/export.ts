import { AuditFilter, type AuditRow } from '#contract/protection/audit.ts'
import { actionWords } from '#contract/protection/audit-words.ts'
import type { ExportSource } from '#server/manifest/export-source.ts'
import { column, rowsAfter, rowsPerPage, wordColumn, yesNo } from '#server/manifest/list-export.ts'
import { countEntries, listEntries } from './search.ts'

/**
 * The audit as a file, newest first, page by page by its order of writing. Nobody else need agree: who looks into the audit must not
 * depend on those it is about. That it was taken is an entry itself.
 */
export const auditExport: ExportSource<AuditFilter, AuditRow> = {
  filter: AuditFilter,
  capability: 'audit.read',
  title: { zh: '审计记录', en: 'Audit entries' },
  isOwn: async () => true,
  count: ({ deps, me }, filter) => countEntries(deps.database.db, me.scope, filter),
  rows: ({ deps, me }, filter) =>
    rowsAfter((last: AuditRow | undefined) =>
      listEntries(deps.database.db, me.scope, filter, { before: last?.id, size: rowsPerPage }),
    ),
  columns: () => [
    column('digits', '序号', 'Number', ({ id }) => String(id), { width: 12 }),
    column('datetime', '时间', 'At', ({ at }) => at),
    column('text', '账号', 'Account', ({ actor }) => actor.username, { isMarked: true }),
    wordColumn('actorRole', '角色', 'Role', ({ actor }) => actor.role),
    column('text', '区划', 'Area', ({ actor }) => actor.area?.name),
    column('text', '操作', 'Action', ({ action }, language) => actionWords(action, language), { width: 22 }),
    column('text', '操作代码', 'Code of the action', ({ action }) => action, { width: 22 }),
    column('text', '被拒绝', 'Refused', ({ outcome }, language) => yesNo(outcome === 'refused', language)),
    column('text', '对象', 'Object', ({ object }) => object?.kind),
    column('text', '对象编号', 'Reference', ({ object }) => object?.ref, { width: 38 }),
    column('text', '户', 'Household', ({ household }) => household, { width: 38 }),
    column('text', '理由', 'Reason', ({ reason }) => reason, { width: 30 }),
    column('int', '行数', 'Rows', ({ count }) => count),
    column('text', '地址', 'Address', ({ address }) => address),
  ],
}
