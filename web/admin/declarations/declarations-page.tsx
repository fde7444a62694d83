import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { App, Button, Input, Tag } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { UnmatchedDeclaration } from '#contract/contact/declarations.ts'
import { api } from '#web/api/client.ts'
import { useMe } from '#web/api/session.ts'
import { ReasonModal } from '#web/ui/form/reason-modal.tsx'
import { ListFrame } from '#web/ui/list/list-frame.tsx'
import { useWholeList } from '#web/ui/list/use-paged-list.ts'
import { Failed } from '#web/ui/page/failed.tsx'
import { ErrorState } from '#web/ui/page/states.tsx'
import { AreaPicker } from '#web/ui/place/area-picker.tsx'
import { formatInstant } from '#web/ui/words/format.ts'
import { ListExport } from '../exports/index.ts'
import { unmatchedKey } from './unmatched-notice.tsx'
import './declarations.css'

const route = getRouteApi('/layout/declarations')
type Decide = Parameters<typeof api.declarations.decide>[0]

/** Declarations from telephones that fit no household: who it may be about, and what becomes of it. */
export function DeclarationsPage() {
  const { t } = useTranslation('declarations')
  const me = useMe()
  const navigate = useNavigate()
  const { area } = route.useSearch()
  const list = useWholeList(
    {
      queryKey: [...unmatchedKey, area],
      queryFn: () => api.declarations.unmatched({ area }),
      placeholderData: keepPreviousData,
    },
    ({ rows }) => rows,
  )
  const { rows = [], total = 0 } = list.query.data ?? {}
  return (
    <div className="declared">
      <ListFrame
        title={t('title')}
        note={list.query.data && t('waiting', { count: total })}
        actions={
          <ListExport kind="unmatched-declarations" filter={{ area }} rows={list.query.data && total} />
        }
        intro={t('note')}
        filters={
          <AreaPicker
            value={area}
            whole={me.area.name}
            onChange={(next) => navigate({ to: '/declarations', search: { area: next } })}
          />
        }
        list={list}
        empty={{ title: t('emptyTitle'), text: t('emptyText') }}
        keyOf={({ request }) => request}
        card={(one: UnmatchedDeclaration) => <Declared one={one} />}
      />
      {rows.length < total && <p className="muted">{t('most', { count: rows.length })}</p>}
    </div>
  )
}

function Declared({ one }: { one: UnmatchedDeclaration }) {
  const { t } = useTranslation('declarations')
  const common = useTranslation().t
  const { message } = App.useApp()
  const client = useQueryClient()
  const [closing, setClosing] = useState<'awaited' | 'dismissed'>()
  const { request } = one
  const done = async ({ clue }: { clue: string | null }) => {
    message.success(t(clue ? 'matched' : 'decided'))
    await Promise.all(
      [unmatchedKey, ['clues'], ['workbench']].map((queryKey) => client.invalidateQueries({ queryKey })),
    )
  }
  const match = useMutation({
    mutationFn: (household: string) => api.declarations.decide({ request, as: 'household', household }),
    onSuccess: done,
  })
  const close = (as: Decide['as']) => (note: string) => api.declarations.decide({ request, as, note })
  return (
    <>
      <h2>
        {one.name} <span className="muted">{one.idNumber}</span> {common(`cause.${one.cause}`)}
        {one.state === 'awaited' && <Tag>{t('awaited')}</Tag>}
      </h2>
      <p className="declared-words">{one.text}</p>
      <p className="muted">
        {one.township.name} {one.village.name} · {formatInstant(one.at)} ·{' '}
        {t('receipt', { receipt: one.receipt })}
        {one.dueOn && (
          <>
            {' · '}
            <span className={one.overdue ? 'overdue' : undefined}>{t('due', { day: one.dueOn })}</span>
          </>
        )}
      </p>
      <p>{t(`why.${one.why}`)}</p>
      {one.note && <p>{t('noted', { note: one.note })}</p>}
      <Households one={one} busy={match.isPending} onChoose={match.mutate} />
      <Failed of={match} />
      <div className="record-actions">
        {one.state === 'unmatched' && <Button onClick={() => setClosing('awaited')}>{t('await')}</Button>}
        <Button danger onClick={() => setClosing('dismissed')}>
          {t('dismiss')}
        </Button>
      </div>
      {closing && (
        <ReasonModal
          title={t(closing === 'awaited' ? 'await' : 'dismiss')}
          text={t(closing === 'awaited' ? 'awaitText' : 'dismissText')}
          act={close(closing)}
          onDone={done}
          onClose={() => setClosing(undefined)}
        />
      )}
    </>
  )
}

interface HouseholdsProps {
  one: UnmatchedDeclaration
  busy: boolean
  onChoose(household: string): void
}

/** Whose it may be: what the register suggests, or whom somebody looks up. */
function Households({ one, busy, onChoose }: HouseholdsProps) {
  const { t } = useTranslation('declarations')
  const [query, setQuery] = useState('')
  const found = useQuery({
    queryKey: ['households', 'declared', query],
    queryFn: () => api.households.list({ q: query, page: 1, size: 8 }),
    enabled: query !== '',
  })
  const line = (ref: string, head: string, place: string, hint?: string) => (
    <li key={ref}>
      <Button size="small" type="primary" disabled={busy} onClick={() => onChoose(ref)}>
        {t('choose')}
      </Button>{' '}
      <Link to="/households/$ref" params={{ ref }} search={{}}>
        {head}
      </Link>{' '}
      <span className="muted">{[place, hint].filter(Boolean).join(' · ')}</span>
    </li>
  )
  return (
    <div className="declared-households">
      <ul className="plain-list">
        {one.candidates.map(({ ref, headName, village, member, by, householdNo }) =>
          line(ref, headName, `${village.name} ${householdNo}`, t(`by.${by}`, { member })),
        )}
        {one.candidates.length === 0 && <li className="muted">{t('nobody')}</li>}
      </ul>
      <Input.Search
        className="declared-search"
        allowClear
        maxLength={60}
        placeholder={t('search')}
        aria-label={t('search')}
        loading={found.isFetching}
        onSearch={(text) => setQuery(text.trim())}
      />
      {query !== '' && found.data && (
        <ul className="plain-list">
          {found.data.rows.map(({ ref, headName, village, householdNo }) =>
            line(ref, headName, `${village.name} ${householdNo}`),
          )}
          {found.data.total === 0 && <li className="muted">{t('searchNone')}</li>}
        </ul>
      )}
      {found.isError && <ErrorState error={found.error} onRetry={() => found.refetch()} />}
    </div>
  )
}
