import { PrinterOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { useLocation, useNavigate, useSearch } from '@tanstack/react-router'
import { Button, Input } from 'antd'
import { useDeferredValue, useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import type { Policy } from '#contract/feeds/policy.ts'
import { api } from '#web/api/client.ts'
import { useMe } from '#web/api/session.ts'
import { PageHeader } from '#web/ui/page/page-header.tsx'
import { EmptyState, ErrorState, SkeletonRows } from '#web/ui/page/states.tsx'
import { useText } from '#web/ui/words/use-text.ts'
import { Checklist } from './checklist.tsx'
import { Documents } from './documents.tsx'
import { Measures } from './measures.tsx'
import { PackChoice } from './pack-choice.tsx'
import { Parameters } from './parameters.tsx'
import { RuleArticle } from './rule-article.tsx'
import { type Found, searchPolicy } from './search-policy.ts'
import './policy.css'

/** Every figure and rule the platform judges by, each with where it is written. */
export function PolicyPage() {
  const { t, i18n } = useTranslation('policy')
  const me = useMe()
  const { pack } = useSearch({ from: '/layout/policy' })
  const { data, error, refetch } = useQuery({
    queryKey: ['policy', pack],
    queryFn: (): Promise<Policy> => api.policy.get({ pack }),
    staleTime: 60_000,
  })
  return (
    <div className="policy">
      <PageHeader title={t('title')} note={t('inForce', { day: data?.day ?? me.asOf })}>
        <Button icon={<PrinterOutlined />} onClick={() => window.print()}>
          {i18n.t('print')}
        </Button>
      </PageHeader>
      {data && <PackChoice policy={data} />}
      <p className="lead">{t('lead')}</p>
      {error && <ErrorState error={error} onRetry={() => refetch()} />}
      {!data && !error && <SkeletonRows rows={10} height={28} />}
      {data && <PolicyText policy={data} />}
    </div>
  )
}

function PolicyText({ policy }: { policy: Policy }) {
  const { t } = useTranslation('policy')
  const { q = '' } = useSearch({ from: '/layout/policy' })
  const navigate = useNavigate({ from: '/policy' })
  const sought = useDeferredValue(q)
  const found = searchPolicy(policy, sought)
  useScrollToHash()
  const nothing = countOf(found) === 0
  return (
    <>
      <div className="policy-search no-print">
        <Input.Search
          type="search"
          aria-label={t('searchLabel')}
          placeholder={t('search')}
          allowClear
          value={q}
          onChange={({ target }) =>
            navigate({
              search: ({ pack }) => ({ pack, q: target.value || undefined }),
              hash: '',
              replace: true,
              resetScroll: false,
            })
          }
        />
        <span className="muted" role="status">
          {q &&
            t('found', {
              rules: found.rules.length,
              parameters: found.parameters.length,
              measures: countMeasures(found),
              items: found.checklist.length,
              documents: found.documents.length,
            })}
        </span>
      </div>
      {nothing && (
        <EmptyState title={t('nothing', { q })}>
          <Button onClick={() => navigate({ search: ({ pack }) => ({ pack }) })}>{t('clear')}</Button>
        </EmptyState>
      )}
      <div className="policy-columns">
        <Contents policy={found} />
        <div className="policy-body">
          {found.rules.length > 0 && (
            <section aria-labelledby="rules">
              <h2 id="rules">{t('rulesTitle')}</h2>
              <p className="muted">{t('rulesLead', { n: policy.rules.length })}</p>
              {found.rules.map((rule) => (
                <RuleArticle key={rule.id} rule={rule} causes={policy.causes} />
              ))}
            </section>
          )}
          {found.parameters.length > 0 && <Parameters parameters={found.parameters} day={policy.day} />}
          {countMeasures(found) > 0 && <Measures measures={found.measures} policy={policy} />}
          {found.checklist.length > 0 && <Checklist items={found.checklist} />}
          {found.documents.length > 0 && <Documents documents={found.documents} policy={policy} />}
        </div>
      </div>
    </>
  )
}

function countMeasures({ measures }: Found): number {
  return measures.types.length + measures.causes.length
}

function countOf(found: Found): number {
  const { rules, parameters, checklist, documents } = found
  return rules.length + parameters.length + countMeasures(found) + checklist.length + documents.length
}

function Contents({ policy }: { policy: Found }) {
  const { t } = useTranslation('policy')
  const text = useText()
  return (
    <nav className="policy-contents no-print" aria-label={t('contents')}>
      {policy.rules.length > 0 && (
        <>
          <a href="#rules">{t('rulesTitle')}</a>
          <ol>
            {policy.rules.map(({ id, title }) => (
              <li key={id}>
                <a href={`#${id}`}>
                  <span className="rule-id">{id}</span> {text(title)}
                </a>
              </li>
            ))}
          </ol>
        </>
      )}
      {policy.parameters.length > 0 && <a href="#parameters">{t('parametersTitle')}</a>}
      {countMeasures(policy) > 0 && <a href="#measures">{t('measuresTitle')}</a>}
      {policy.checklist.length > 0 && <a href="#checklist">{t('checklistTitle')}</a>}
      {policy.documents.length > 0 && <a href="#documents">{t('documentsTitle')}</a>}
    </nav>
  )
}

/** The text comes after the page: the browser has looked for the anchor already and must look again. */
function useScrollToHash() {
  const hash = useLocation({ select: (location) => location.hash })
  useEffect(() => {
    if (hash) document.getElementById(hash)?.scrollIntoView()
  }, [hash])
}
