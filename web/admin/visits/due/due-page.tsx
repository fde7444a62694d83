import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useMe } from '#web/api/session.ts'
import { PageHeader } from '#web/ui/page/page-header.tsx'
import { EmptyState } from '#web/ui/page/states.tsx'
import { AreaPicker } from '#web/ui/place/area-picker.tsx'
import { ListExport } from '../../exports/index.ts'
import { DueList } from './due-list.tsx'
import { DueSums } from './due-sums.tsx'
import '#web/ui/list/records.css'

const route = getRouteApi('/layout/visits/due')
const wide = new Set(['province', 'city'])

/** Whom somebody should look in on this week: a county in sums and as a list, whatever lies below as a list. */
export function DueVisitsPage() {
  const { t } = useTranslation('visits')
  const me = useMe()
  const navigate = useNavigate()
  const search = route.useSearch()
  const { area = me.area.code } = search
  const tooWide = wide.has(me.area.level) && area % 1e8 === 0
  const change = (next: Partial<typeof search>) =>
    navigate({ to: '/visits/due', search: { area: search.area, ...next }, resetScroll: false })
  return (
    <>
      <PageHeader title={t('dueVisits.title')} note={t('dueVisits.note', { day: me.asOf })}>
        {!tooWide && <ListExport kind="visits-due" filter={{ ...search, page: undefined, area }} />}
      </PageHeader>
      <search className="record-filters">
        <AreaPicker value={search.area} whole={me.area.name} onChange={(next) => change({ area: next })} />
      </search>
      {tooWide ? (
        <EmptyState title={t('dueVisits.chooseTitle')}>{t('dueVisits.chooseText')}</EmptyState>
      ) : (
        <>
          {area % 1e6 === 0 && <DueSums area={area} />}
          <DueList key={area} area={area} {...search} onChange={change} />
        </>
      )}
    </>
  )
}
