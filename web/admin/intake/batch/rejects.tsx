import { DownloadOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Batch } from '#contract/feeds/feeds.ts'
import type { api } from '#web/api/client.ts'
import { Pager } from '#web/ui/list/pager.tsx'
import { ScrollRegion } from '#web/ui/list/scroll-region.tsx'
import { SkeletonRows } from '#web/ui/page/states.tsx'
import { formatCount } from '#web/ui/words/format.ts'
import { useText } from '#web/ui/words/use-text.ts'
import { ProblemBox, problemOf } from '../problem-box.tsx'
import { pageSize, rejectsQuery } from '../queries.ts'

type Rejected = Awaited<ReturnType<typeof api.batches.rejects>>['rows'][number]

/** The rows that were sent back as they were sent, the faulty cells marked, and why. */
export function Rejects({ batch }: { batch: Batch }) {
  const { t } = useTranslation('intake')
  const search = useSearch({ from: '/layout/intake/$ref' })
  const navigate = useNavigate({ from: '/intake/$ref' })
  const page = search.rejects ?? 1
  const { data, error, refetch } = useQuery(rejectsQuery(batch.ref, page))
  return (
    <section className="panel" aria-labelledby="rejects-title" id="rejects">
      <div className="part-head">
        <h2 id="rejects-title">{t('rejects.title')}</h2>
        {data && <span className="muted">{t('rejects.count', { n: formatCount(data.total) })}</span>}
        <span className="end record-actions">
          {(['xlsx', 'csv'] as const).map((format) => (
            <Button
              key={format}
              icon={<DownloadOutlined />}
              href={`/api/batches/${batch.ref}/rejects.${format}`}
              download
            >
              {t(`rejects.download.${format}`)}
            </Button>
          ))}
        </span>
      </div>
      <p className="muted">
        {t('rejects.lead')} {t('rejects.downloadHint')}
      </p>
      {error && (
        <ProblemBox title={t('problem.loadTitle')} problem={problemOf(error)} onRetry={() => refetch()} />
      )}
      {!data && !error && <SkeletonRows rows={6} />}
      {data && <RejectTable headers={data.headers} rows={data.rows} />}
      <Pager
        page={page}
        total={data?.total ?? 0}
        size={pageSize}
        onPage={(next) =>
          navigate({ search: { ...search, rejects: next === 1 ? undefined : next }, resetScroll: false })
        }
      />
    </section>
  )
}

function RejectTable({ headers, rows }: { headers: readonly string[]; rows: readonly Rejected[] }) {
  const { t } = useTranslation('intake')
  const columns = headers.map((header, i) => ({ key: `${i}:${header}`, header, i }))
  return (
    <ScrollRegion label={t('rejects.table')}>
      <table className="sheet rejects">
        <thead>
          <tr>
            <th scope="col" className="row-no">
              {t('rejects.row')}
            </th>
            <th scope="col" className="reason">
              {t('rejects.reason')}
            </th>
            {columns.map(({ key, header }) => (
              <th key={key} scope="col">
                {header}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.rowNo}>
              <th scope="row" className="row-no">
                {row.place.sheet} {row.place.row}
              </th>
              <td className="reason">
                <Reasons row={row} />
              </td>
              {row.erased ? (
                <td colSpan={columns.length} className="muted">
                  {t('rejects.erased')}
                </td>
              ) : (
                columns.map(({ key, i }) => (
                  <Cell key={key} text={row.cells[i] ?? ''} marked={row.marked.includes(i)} />
                ))
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  )
}

function Reasons({ row }: { row: Rejected }) {
  const text = useText()
  return (
    <ul>
      {row.reasons.map((reason) => (
        <li key={`${reason.code}:${reason.column}`}>{text(reason.text)}</li>
      ))}
    </ul>
  )
}

function Cell({ text, marked }: { text: string; marked: boolean }) {
  const { t } = useTranslation('intake')
  if (!marked) return <td>{text}</td>
  return (
    <td>
      <mark>
        {text === '' ? <em>{t('rejects.missingCell')}</em> : text}
        <span className="visually-hidden"> ({t('rejects.marked')})</span>
      </mark>
    </td>
  )
}
