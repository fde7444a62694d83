import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '#web/api/client.ts'
import { TableExport } from '#web/ui/files/table-export.tsx'
import { formatCount } from '#web/ui/words/format.ts'
import '#web/ui/list/records.css'

/** A line for everybody who has something overdue or due: whom to remind. */
export function Persons({ area }: { area: number }) {
  const { t } = useTranslation('workbench')
  const common = useTranslation().t
  const { data } = useQuery({
    queryKey: ['reminders', area],
    queryFn: () => api.workbench.reminders({ area }),
  })
  if (!data || data.lines.length === 0) return null
  const figure = (label: string, count: number, late = false) => (
    <td className={late && count > 0 ? 'number overdue' : 'number'} data-label={label}>
      {formatCount(count)}
    </td>
  )
  return (
    <section className="panel record-panel persons" aria-labelledby="persons-title">
      <div className="ladder-head">
        <h2 id="persons-title">{t('persons')}</h2>
        <p className="muted">{t('personsNote')}</p>
      </div>
      <TableExport title={t('persons')} of="persons-table" />
      <table id="persons-table" className="record-list">
        <thead>
          <tr>
            <th scope="col">{t('person')}</th>
            <th scope="col">{t('personPlace')}</th>
            <th scope="col" className="number">
              {t('personOverdue')}
            </th>
            <th scope="col" className="number">
              {t('personToday')}
            </th>
            <th scope="col" className="number">
              {t('personNext')}
            </th>
          </tr>
        </thead>
        <tbody>
          {data.lines.map((line) => (
            <tr key={`${line.name} ${line.place} ${line.role}`}>
              <th scope="row">
                {line.name}
                {line.role && <span className="sub">{common(`role.${line.role as 'township'}`)}</span>}
              </th>
              <td>{line.place === line.name ? '' : line.place}</td>
              {figure(t('personOverdue'), line.overdue, true)}
              {figure(t('personToday'), line.today)}
              {figure(t('personNext'), line.next)}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
