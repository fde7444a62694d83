import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { Button, Checkbox, Drawer, Select, Tag } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Correction, CorrectionState } from '#contract/protection/own-record.ts'
import { api } from '#web/api/client.ts'
import { PagedList } from '#web/ui/list/paged-list.tsx'
import { PageHeader } from '#web/ui/page/page-header.tsx'
import { ErrorState, SkeletonRows } from '#web/ui/page/states.tsx'
import { formatCount } from '#web/ui/words/format.ts'
import { Propose, SendBack } from './answer.tsx'
import type { CorrectionSearch } from './search.ts'
import { Steps } from './steps.tsx'
import '#web/ui/list/records.css'

const route = getRouteApi('/layout/corrections')
const size = 50

/** What households say is wrong: who has it, until when, and the word of two people. */
export function CorrectionsPage() {
  const { t } = useTranslation('rights')
  const common = useTranslation().t
  const navigate = useNavigate()
  const search = route.useSearch()
  const { id, page = 1, ...filter } = search
  const query = useQuery({
    queryKey: ['corrections', filter, page],
    queryFn: () => api.corrections.list({ ...filter, page, size }),
    placeholderData: keepPreviousData,
  })
  const change = (next: Partial<typeof search>) =>
    navigate({ to: '/corrections', search: { ...search, page: undefined, ...next }, resetScroll: false })
  const total = query.data?.total ?? 0
  return (
    <>
      <PageHeader
        title={t('listTitle')}
        note={query.data ? common('total', { count: formatCount(total) as never }) : undefined}
        isNoteStale={query.isPlaceholderData}
      />
      <p className="record-note">{t('listNote')}</p>
      <search className="record-filters">
        <Select
          mode="multiple"
          className="wide"
          allowClear
          value={search.state}
          placeholder={t('stateLabel')}
          aria-label={t('stateLabel')}
          options={CorrectionState.options.map((value) => ({ value, label: t(`state.${value}`) }))}
          onChange={(state) => change({ state: state.length > 0 ? state : undefined })}
        />
        <Checkbox
          checked={search.mine === true}
          onChange={(event) => change({ mine: event.target.checked || undefined })}
        >
          {t('mine')}
        </Checkbox>
        <Checkbox
          checked={search.overdue === true}
          onChange={(event) => change({ overdue: event.target.checked || undefined })}
        >
          {t('overdue')}
        </Checkbox>
      </search>
      <PagedList
        {...{ query, page, size }}
        emptyTitle={t('emptyTitle')}
        emptyText={t('emptyText')}
        onPage={(next) => change({ page: next })}
      >
        {({ rows }) => <CorrectionTable rows={rows} search={search} />}
      </PagedList>
      <Drawer
        open={id !== undefined}
        size={520}
        title={t('listTitle')}
        closable={{ 'aria-label': common('close') }}
        onClose={() => change({ id: undefined })}
        destroyOnHidden
      >
        {id && <Detail id={id} />}
      </Drawer>
    </>
  )
}

interface CorrectionTableProps {
  rows: Correction[]
  search: CorrectionSearch
}

function CorrectionTable({ rows, search }: CorrectionTableProps) {
  const { t } = useTranslation('rights')
  return (
    <div className="panel record-panel">
      <table className="record-list">
        <thead>
          <tr>
            <th scope="col">{t('household')}</th>
            <th scope="col">{t('what')}</th>
            <th scope="col">{t('wanted')}</th>
            <th scope="col">{t('stateLabel')}</th>
            <th scope="col">{t('assignee')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id}>
              <th scope="row">
                <Link to="/corrections" search={{ ...search, id: row.id }} resetScroll={false}>
                  {row.household.headName}
                </Link>
                <span className="sub">{row.household.village.name}</span>
              </th>
              <td data-label={t('what')}>{row.what}</td>
              <td data-label={t('wanted')}>{row.wanted}</td>
              <td>
                <Tag>{t(`state.${row.state}`)}</Tag>
                <Due row={row} />
              </td>
              <td>{row.assignee?.name ?? <span className="muted">{t('nobody')}</span>}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Due({ row }: { row: Correction }) {
  const { t } = useTranslation('rights')
  if (row.state !== 'open' && row.state !== 'proposed') return null
  return (
    <span className="sub">
      {t('due', { day: row.dueOn })} {row.overdue && <strong>{t('isOverdue')}</strong>}
    </span>
  )
}

function Detail({ id }: { id: string }) {
  const { t } = useTranslation('rights')
  const queries = useQueryClient()
  const query = useQuery({ queryKey: ['corrections', 'one', id], queryFn: () => api.corrections.get({ id }) })
  const [answering, setAnswering] = useState<'propose' | 'send-back'>()
  const done = async () => {
    setAnswering(undefined)
    await queries.invalidateQueries({ queryKey: ['corrections'] })
  }
  const take = useMutation({ mutationFn: () => api.corrections.assign({ id }), onSuccess: done })
  const confirm = useMutation({
    mutationFn: () => api.corrections.confirm({ id, agree: true }),
    onSuccess: done,
  })
  if (query.isError) return <ErrorState error={query.error} onRetry={() => query.refetch()} />
  const one = query.data
  if (!one) return <SkeletonRows rows={8} />
  const isOwnProposal = one.state === 'proposed' && !one.mayConfirm
  return (
    <>
      <dl className="record-pairs">
        <dt>{t('household')}</dt>
        <dd>
          <Link to="/households/$ref" params={{ ref: one.household.ref }} search={{}}>
            {one.household.headName}
          </Link>
          <span className="sub">{one.household.village.name}</span>
        </dd>
        <dt>{t('what')}</dt>
        <dd>{one.what}</dd>
        {one.current && (
          <>
            <dt>{t('current')}</dt>
            <dd>{one.current}</dd>
          </>
        )}
        <dt>{t('wanted')}</dt>
        <dd>{one.wanted}</dd>
        {one.explanation && (
          <>
            <dt>{t('explanation')}</dt>
            <dd>{one.explanation}</dd>
          </>
        )}
        <dt>{t('stateLabel')}</dt>
        <dd>
          <Tag>{t(`state.${one.state}`)}</Tag> <Due row={one} />
        </dd>
        <dt>{t('assignee')}</dt>
        <dd>{one.assignee?.name ?? t('nobody')}</dd>
      </dl>
      <div className="record-actions" style={{ margin: '16px 0' }}>
        {one.state === 'open' && !one.assignee && (
          <Button loading={take.isPending} onClick={() => take.mutate()}>
            {t('take')}
          </Button>
        )}
        {one.mayPropose && (
          <Button type="primary" onClick={() => setAnswering('propose')}>
            {t('propose')}
          </Button>
        )}
        {one.mayConfirm && (
          <>
            <Button type="primary" loading={confirm.isPending} onClick={() => confirm.mutate()}>
              {t('confirm')}
            </Button>
            <Button onClick={() => setAnswering('send-back')}>{t('sendBack')}</Button>
          </>
        )}
      </div>
      {isOwnProposal && <p className="muted">{t('ownProposal')}</p>}
      {(take.error ?? confirm.error) && <ErrorState error={take.error ?? confirm.error} />}
      <Steps steps={one.steps} />
      {answering === 'propose' && (
        <Propose correction={one} onClose={() => setAnswering(undefined)} onDone={done} />
      )}
      {answering === 'send-back' && (
        <SendBack correction={one} onClose={() => setAnswering(undefined)} onDone={done} />
      )}
    </>
  )
}
