import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Button, Tag } from 'antd'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import type { Notice } from '#contract/work/notices.ts'
import { api } from '#web/api/client.ts'
import { useMe } from '#web/api/session.ts'
import { PageHeader } from '#web/ui/page/page-header.tsx'
import { EmptyState, ErrorState, SkeletonRows } from '#web/ui/page/states.tsx'
import { formatInstant } from '#web/ui/words/format.ts'
import './notices.css'

const listKey = ['notices', 'list'] as const

/** The digest of a day: what is to be done, and what happened; it prints on a sheet. */
export function NoticesPage() {
  const { t } = useTranslation('notices')
  const common = useTranslation().t
  const me = useMe()
  const query = useQuery({ queryKey: listKey, queryFn: () => api.notices.list() })
  useRead(query.data?.rows)
  if (query.isError) return <ErrorState asPage error={query.error} onRetry={() => query.refetch()} />
  if (!query.data) return <SkeletonRows rows={12} height={32} />
  const { on, unread, rows, work } = query.data
  return (
    <div className="notices">
      <PageHeader title={t('title')} note={t('note', { day: on, area: me.area.name })}>
        <Button onClick={() => window.print()}>{common('print')}</Button>
      </PageHeader>
      {work && (
        <section className="panel" aria-labelledby="notices-work">
          <h2 id="notices-work">{t('work')}</h2>
          <ul className="notice-figures">
            {(['overdue', 'today', 'soon', 'escalated'] as const).map((key) => (
              <li key={key}>
                <Link to="/workbench" search={{ group: key }}>
                  <strong>{work[key]}</strong> {t(`figure.${key}`)}
                </Link>
              </li>
            ))}
          </ul>
        </section>
      )}
      <section className="panel" aria-labelledby="notices-news">
        <h2 id="notices-news">
          {t('news')} <span className="muted">{t('newsCount', { count: rows.length, unread })}</span>
        </h2>
        {rows.length === 0 && <EmptyState title={t('emptyTitle')}>{t('emptyText')}</EmptyState>}
        <ul className="notice-list">
          {rows.map((notice) => (
            <li key={`${notice.kind} ${notice.subject} ${notice.at}`}>
              <Line notice={notice} />
            </li>
          ))}
        </ul>
      </section>
    </div>
  )
}

/** Whoever has seen the page has read it; what is new stays marked until it is opened again. */
function useRead(rows: readonly Notice[] | undefined) {
  const queries = useQueryClient()
  const newest = rows?.find(({ isNew }) => isNew)?.at
  useEffect(() => {
    if (!newest) return
    api.notices
      .read({ until: newest })
      .then((counted) => queries.setQueryData(['notices', 'unread'], counted))
      .catch(() => undefined)
  }, [newest, queries])
}

function Line({ notice }: { notice: Notice }) {
  const { t } = useTranslation('notices')
  const { household, name, at, isNew } = notice
  const place = household && [household.township.name, household.village.name].join(' ')
  return (
    <>
      <span className="notice-at muted">{formatInstant(at)}</span>
      <span>
        {isNew && <Tag className="notice-new">{t('new')}</Tag>}
        <Link to={placeOf(notice)}>
          {useWords()(notice)}
          {household ? ` · ${household.headName}` : name && ` · ${name}`}
        </Link>
        {place && <span className="sub">{place}</span>}
      </span>
    </>
  )
}

const places: Record<string, string> = {
  'red-clue': '/clues/',
  'visit-returned': '/visits/',
  'case-decided': '/cases/',
  'held-batch': '/intake/',
}
const placeOf = ({ kind, subject }: Notice) => (kind in places ? `${places[kind]}${subject}` : '/exports')

/** What happened, in words; where a kind tells several things apart, of each. */
function useWords() {
  const { t, i18n } = useTranslation('notices')
  const common = useTranslation().t
  return ({ kind, what }: Notice): string => {
    if (kind === 'red-clue') return t('kind.red-clue', { cause: common(`cause.${what as 'illness'}`) })
    const exact = `of.${kind}.${what}`
    if (i18n.exists(`notices:${exact}`)) return t(exact as 'of.export-decided.ready')
    return t(`kind.${kind as 'held-batch'}`)
  }
}
