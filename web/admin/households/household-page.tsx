import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { Alert, Button, DatePicker, Tag, Tooltip } from 'antd'
import { useTranslation } from 'react-i18next'
import type { z } from 'zod'
import { labelOf } from '#contract/enumerations/enumerations.ts'
import type { Household } from '#contract/registry/households.ts'
import { api } from '#web/api/client.ts'
import { useMe } from '#web/api/session.ts'
import { type Column, ListTable } from '#web/ui/list/list-table.tsx'
import { ScrollRegion } from '#web/ui/list/scroll-region.tsx'
import { PageHeader } from '#web/ui/page/page-header.tsx'
import { ErrorState, SkeletonRows } from '#web/ui/page/states.tsx'
import { formatFigure } from '#web/ui/words/format.ts'
import { RiskMark } from '#web/ui/words/risk-mark.tsx'
import { useText } from '#web/ui/words/use-text.ts'
import { useUnknown } from '#web/ui/words/use-unknown.ts'
import { BreakGlassBanner, Reveal } from '../secrets/index.ts'
import { CaseworkSection } from './casework-section.tsx'
import { Facts } from './facts.tsx'
import './households.css'
import { Income } from './income.tsx'
import { LettersSection } from './letters-section.tsx'
import { PlanSection } from './plan-section.tsx'
import { Spells } from './spells.tsx'

type HouseholdView = z.infer<typeof Household>
const route = getRouteApi('/layout/households/$ref')

/** Who they are, which category since when, what is open, what came in against the line, and every fact with its source. */
export function HouseholdPage() {
  const { ref } = route.useParams()
  const { knownOn } = route.useSearch()
  const query = useQuery({
    queryKey: ['household', ref, knownOn],
    queryFn: () => api.households.get({ ref, knownOn }),
    // Another day of the same household; never another household.
    placeholderData: (shown) => (shown?.ref === ref ? shown : undefined),
  })
  if (query.isError) return <ErrorState asPage error={query.error} onRetry={() => query.refetch()} />
  if (!query.data) return <SkeletonRows rows={12} height={32} />
  return <HouseholdBody household={query.data} knownOn={knownOn} isStale={query.isPlaceholderData} />
}

interface HouseholdBodyProps {
  household: HouseholdView
  knownOn: string | undefined
  /** What was known on that day is still on its way. */
  isStale: boolean
}

function HouseholdBody({ household, knownOn, isStale }: HouseholdBodyProps) {
  const { t } = useTranslation('households')
  const common = useTranslation().t
  const navigate = useNavigate()
  const { asOf } = useMe()
  const { county, township, village, ref } = household
  const asKnown = { household: ref, ...(knownOn ? { knownOn } : {}) }
  const see = (day: string | undefined) =>
    navigate({ to: '/households/$ref', params: { ref }, search: { knownOn: day } })
  return (
    <div className="household">
      <PageHeader
        title={household.headName}
        note={`${county.name} › ${township.name} › ${village.name} ${household.groupName ?? ''}`}
      >
        <Tooltip title={t('knownOnHint')}>
          <DatePicker
            placeholder={t('knownOn')}
            aria-label={t('knownOn')}
            // What will be known tomorrow nobody knows; from today on it is what is known now.
            disabledDate={(day) => day.format('YYYY-MM-DD') >= asOf}
            onChange={(day) => see(day?.format('YYYY-MM-DD'))}
          />
        </Tooltip>
        <Button onClick={() => window.print()}>{common('print')}</Button>
      </PageHeader>
      <BreakGlassBanner household={ref} />
      {knownOn && !isStale && (
        <Alert
          type="info"
          showIcon
          title={t('asKnownOn', { day: knownOn })}
          action={
            <Button size="small" onClick={() => see(undefined)}>
              {t('knownNow')}
            </Button>
          }
        />
      )}
      <section className="panel">
        <p className="household-strip">
          <Tag color="#0f766e">{common(`category.${household.category}`)}</Tag>
          <span>{household.registered ? t('registered') : t('notRegistered')}</span>
          {household.relievedYear && <span>{t('relievedYear', { year: household.relievedYear })}</span>}
          <span>{common('people', { count: household.memberCount })}</span>
          {household.phone && (
            <span>
              {t('phone')}{' '}
              <Reveal household={ref} field="phone" name={household.headName} masked={household.phone} />
            </span>
          )}
          {household.bankCard && (
            <span>
              {t('bankCard')}{' '}
              <Reveal
                household={ref}
                field="bank-card"
                name={household.headName}
                masked={household.bankCard}
              />
            </span>
          )}
          <span className="muted">{household.householdNo}</span>
        </p>
        <Spells spells={household.spells} />
      </section>
      <SectionNav />
      <Clues clues={household.clues} />
      <div id="casework">
        <CaseworkSection household={household} />
      </div>
      <PlanSection household={ref} />
      <Members household={ref} members={household.members} stated={household.stated} />
      <div id="income">
        <Income windows={household.income} isJudged={household.stated?.tolerated ?? true} filter={asKnown} />
      </div>
      <Indicators indicators={household.indicators} />
      <div id="letters">
        <LettersSection household={household} />
      </div>
      <div id="facts">
        <Facts filter={asKnown} groups={household.facts} />
      </div>
    </div>
  )
}

const sections = ['clues', 'casework', 'members', 'income', 'indicators', 'letters', 'facts'] as const

/** The page is long: a step to each of its parts. */
function SectionNav() {
  const { t } = useTranslation('households')
  return (
    <nav className="section-nav no-print" aria-label={t('sections')}>
      {sections.map((section) => (
        <a key={section} href={`#${section}`}>
          {t(`section.${section}`)}
        </a>
      ))}
    </nav>
  )
}

function Clues({ clues }: { clues: HouseholdView['clues'] }) {
  const { t } = useTranslation('households')
  const common = useTranslation().t
  const text = useText()
  return (
    <section className="panel" id="clues">
      <h2>{t('clues')}</h2>
      {clues.length === 0 && <p className="muted">{t('noClues')}</p>}
      <ul className="household-clues">
        {clues.map((clue) => (
          <li key={clue.id}>
            <RiskMark risk={clue.state === 'cleared' ? 'none' : clue.level} text={false} />
            <span>
              <Link to="/clues/$id" params={{ id: clue.id }} search={{}}>
                {text(clue.why)}
              </Link>
              <span className="muted">
                {clue.openedOn} · {common(`clueState.${clue.state as 'new'}`)}
              </span>
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}

function Indicators({ indicators }: { indicators: HouseholdView['indicators'] }) {
  const { t } = useTranslation('households')
  const { i18n } = useTranslation()
  const text = useText()
  const unknown = useUnknown()
  return (
    <section className="panel" id="indicators">
      <h2>{t('indicators')}</h2>
      <dl className="indicators">
        {indicators.map(({ key, label, unit, value, because }) => (
          <div key={key}>
            <dt>{text(label)}</dt>
            <dd>
              {value === null ? (
                <RiskMark risk="unknown" size={12} />
              ) : (
                formatFigure(value, unit, i18n.language)
              )}
            </dd>
            {because.map((one) => (
              <dd key={`${one.why}-${one.what.zh}`} className="why-unknown">
                {unknown(one)}
              </dd>
            ))}
          </div>
        ))}
      </dl>
    </section>
  )
}

type Member = HouseholdView['members'][number]

interface MembersProps {
  household: string
  members: HouseholdView['members']
  stated: HouseholdView['stated']
}

function Members({ household, members, stated }: MembersProps) {
  const { t } = useTranslation('households')
  const { i18n } = useTranslation()
  const language = i18n.language === 'en-US' ? 'en' : 'zh'
  const columns: Column<Member>[] = [
    {
      key: 'name',
      head: t('name'),
      isRowHead: true,
      cell: ({ name, leftOn }) => (
        <>
          {name} {leftOn && <span className="muted">{t('left', { day: leftOn })}</span>}
        </>
      ),
    },
    { key: 'relation', head: t('relation'), cell: (one) => labelOf('relation', one.relation, language) },
    { key: 'sex', head: t('sex'), cell: ({ sex }) => t(sex) },
    { key: 'age', head: t('age'), label: t('age'), className: 'number', cell: ({ age }) => age ?? '–' },
    { key: 'labour', head: t('labour'), cell: ({ labour }) => labelOf('labour', labour, language) },
    {
      key: 'health',
      head: t('health'),
      cell: ({ health }) => health.map((code) => labelOf('health', code, language)).join(' '),
    },
    {
      key: 'schooling',
      head: t('schooling'),
      cell: ({ studentStatus, education }) =>
        studentStatus
          ? labelOf('studentStatus', studentStatus, language)
          : education
            ? labelOf('education', education, language)
            : '–',
    },
    {
      key: 'idNumber',
      head: t('idNumber'),
      label: t('idNumber'),
      cell: ({ ref, name, idKind, idNumber }) => (
        <>
          {idKind && idKind !== 'resident' && (
            <span className="muted">{labelOf('documentKind', idKind, language)} </span>
          )}
          {idNumber === null ? (
            <span className="muted">{t('noNumber')}</span>
          ) : (
            <Reveal household={household} field="id-number" person={ref} name={name} masked={idNumber} />
          )}
        </>
      ),
    },
  ]
  return (
    <section className="panel" id="members">
      <h2>{t('memberTitle')}</h2>
      {stated !== null && stated.gap !== 0 && (
        <p className="notice">
          {t('stated', { count: stated.count as never, on: stated.on, members: stated.count - stated.gap })}{' '}
          {!stated.tolerated && t('statedUnjudged')}
        </p>
      )}
      <ScrollRegion label={t('memberTitle')}>
        <ListTable
          rows={members}
          columns={columns}
          keyOf={({ ref }) => ref}
          rowClass={({ leftOn }) => leftOn !== null && 'muted'}
        />
      </ScrollRegion>
    </section>
  )
}
