import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { api } from '#web/api/client.ts'
import { useMe } from '#web/api/session.ts'
import { PageHeader } from '#web/ui/page/page-header.tsx'
import { EmptyState, ErrorState, SkeletonRows } from '#web/ui/page/states.tsx'
import { AreaPicker } from '#web/ui/place/area-picker.tsx'
import { UnmatchedNotice } from '../declarations/index.ts'
import { Card } from './contact-card.tsx'
import './cards.css'

const route = getRouteApi('/layout/contact-cards')
const most = 400
const isVillage = (code: number) => code % 1000 !== 0

/** Cards to cut out: of one household, or of everybody a village helps; eight to a sheet of A4. */
export function CardsPage() {
  const { t } = useTranslation('letters')
  const navigate = useNavigate()
  const own = useMe().area
  const { household, area } = route.useSearch()
  const chosen = area ?? own.code
  const village = !household && isVillage(chosen) ? chosen : undefined
  const query = useQuery({
    queryKey: ['contact-cards', household, village],
    queryFn: () => api.declarations.cards({ household, village }),
    enabled: household !== undefined || village !== undefined,
  })
  const rows = query.isEnabled ? query.data?.rows : undefined
  const hotline = query.data?.hotline ?? ''
  const [first] = rows ?? []
  return (
    <div className="contact-cards">
      <PageHeader
        title={t('cards.title')}
        note={rows && t('cards.count', { count: rows.length })}
        path={
          household && (
            <Link to="/households/$ref" params={{ ref: household }} search={{}}>
              {t('back')}
            </Link>
          )
        }
      >
        {household && first && (
          <Link to="/contact-cards" search={{ area: first.village.code }}>
            {t('cards.allOfVillage')}
          </Link>
        )}
        <Button type="primary" disabled={!rows?.length} onClick={() => window.print()}>
          {t('print')}
        </Button>
      </PageHeader>
      <p className="muted no-print">{t('cards.note')}</p>
      {!household && (
        <search className="no-print cards-choice">
          <AreaPicker
            value={area}
            whole={t('cards.choose')}
            onChange={(next) => navigate({ to: '/contact-cards', search: { area: next } })}
          />
        </search>
      )}
      {!household && <UnmatchedNotice area={area} />}
      {!household && !village && <EmptyState title={t('cards.choose')}>{t('cards.chooseText')}</EmptyState>}
      {query.isError && <ErrorState error={query.error} onRetry={() => query.refetch()} />}
      {query.isLoading && <SkeletonRows rows={8} height={48} />}
      {rows?.length === 0 && <EmptyState title={t('cards.empty')}>{t('cards.emptyText')}</EmptyState>}
      {rows?.length === most && <p className="no-print">{t('cards.most', { count: most })}</p>}
      {rows && rows.length > 0 && (
        <div className="card-sheet">
          {rows.map((card) => (
            <Card key={card.ref} card={card} hotline={hotline} />
          ))}
        </div>
      )}
    </div>
  )
}
