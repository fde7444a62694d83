import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '#web/api/client.ts'
import { TableExport } from '#web/ui/files/table-export.tsx'
import { type Column, ListTable } from '#web/ui/list/list-table.tsx'
import { formatCount } from '#web/ui/words/format.ts'

type Line = Awaited<ReturnType<typeof api.workbench.reminders>>['lines'][number]

/** A line for everybody who has something overdue or due: whom to remind. */
export function Persons({ area }: { area: number }) {
  const { t } = useTranslation('workbench')
  const common = useTranslation().t
  const { data } = useQuery({
    queryKey: ['reminders', area],
    queryFn: () => api.workbench.reminders({ area }),
  })
  if (!data || data.lines.length === 0) return null
  const figure = (key: 'overdue' | 'today' | 'next', head: string): Column<Line> => ({
    key,
    head,
    label: head,
    className: (line) => (key === 'overdue' && line.overdue > 0 ? 'number overdue' : 'number'),
    headClass: 'number',
    cell: (line) => formatCount(line[key]),
  })
  const columns: Column<Line>[] = [
    {
      key: 'person',
      head: t('person'),
      isRowHead: true,
      cell: ({ name, role }) => (
        <>
          {name}
          {role && <span className="sub">{common(`role.${role as 'township'}`)}</span>}
        </>
      ),
    },
    { key: 'place', head: t('personPlace'), cell: ({ name, place }) => (place === name ? '' : place) },
    figure('overdue', t('personOverdue')),
    figure('today', t('personToday')),
    figure('next', t('personNext')),
  ]
  return (
    <section className="panel record-panel persons" aria-labelledby="persons-title">
      <div className="ladder-head">
        <h2 id="persons-title">{t('persons')}</h2>
        <p className="muted">{t('personsNote')}</p>
      </div>
      <TableExport title={t('persons')} of="persons-table" />
      <ListTable
        id="persons-table"
        rows={data.lines}
        columns={columns}
        keyOf={({ name, place, role }) => `${name} ${place} ${role}`}
      />
    </section>
  )
}
