import { Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { documentsOf } from '#contract/contact/documents.ts'
import { type Case, type CaseStep, caseSteps } from '#contract/work/cases.ts'
import { lazyPart } from '#web/ui/page/lazy-part.ts'
import { SkeletonRows } from '#web/ui/page/states.tsx'
import { formatInstant } from '#web/ui/words/format.ts'
import { DocumentButton } from './steps/document-button.tsx'
import { GuardList } from './steps/guard-list.tsx'

/** The forms with their calendars come when a step is to be done. */
const StepForm = lazyPart(() => import('./steps/step-form.tsx'), 'StepForm')

const left: Record<Case['kind'], readonly CaseStep[]> = {
  identification: [],
  resolution: ['authorise', 'compare'],
}

/** The way from top to bottom: what was done, by whom and when; the next step with its conditions; what comes later. */
export function CaseSteps({ one }: { one: Case }) {
  const { t } = useTranslation('cases')
  const common = useTranslation().t
  const steps = caseSteps.filter((step) => !left[one.kind].includes(step))
  const at = one.step ? steps.indexOf(one.step) : steps.length
  return (
    <ol className="case-steps">
      {steps.map((step, i) => {
        const entries = one.entries.filter((entry) => entry.step === step)
        const isNext = one.step === step
        const reached = i < at && (one.state === 'running' || entries.length > 0)
        const standing = isNext ? 'next' : reached ? 'done' : 'later'
        return (
          <li key={step} className={standing} aria-current={isNext ? 'step' : undefined}>
            <h2>
              {t(`step.${step}`)}
              {isNext && one.dueOn && (
                <span className={one.overdue ? 'overdue' : 'muted'}>
                  {t('due')} {one.dueOn} {one.overdue && t('overdue')}
                </span>
              )}
              {standing === 'later' && one.state === 'running' && (
                <span className="muted">{t('waits', { by: t(`stepBy.${step}`) })}</span>
              )}
            </h2>
            {entries.map((entry) => (
              <Entry key={`${entry.at}-${entry.result}`} entry={entry} />
            ))}
            {standing !== 'later' && <Documents one={one} step={step} />}
            {isNext && (
              <div className="panel next-step">
                {one.responsible && (
                  <p className="muted">
                    {t('responsible', {
                      place: one.responsible.place,
                      role: common(`role.${one.responsible.role as 'village'}`),
                    })}
                    {' · '}
                    {t(`stepHint.${step}`)}
                  </p>
                )}
                {step === 'township-audit' && one.publicity && <p>{t('publicity', one.publicity)}</p>}
                {one.checks.some(({ guard, passed }) => guard !== 'step-order' || !passed) && (
                  <div className="conditions">
                    <h3>{t('checksTitle')}</h3>
                    <GuardList checks={one.checks} />
                  </div>
                )}
                <Suspense fallback={<SkeletonRows rows={3} />}>
                  <StepForm key={`${one.id}-${step}-${one.entries.length}`} one={one} step={step} />
                </Suspense>
              </div>
            )}
          </li>
        )
      })}
    </ol>
  )
}

/** Forms of a step: to be filled in by hand before it is done, with what was decided afterwards. */
function Documents({ one, step }: { one: Case; step: CaseStep }) {
  const { t } = useTranslation('cases')
  const kinds = documentsOf[one.kind][step] ?? []
  if (kinds.length === 0) return null
  return (
    <div className="step-documents no-print">
      {kinds.map((kind) => (
        <DocumentButton
          key={kind}
          name={t(`document.${kind}`)}
          address={`/api/cases/${one.id}/documents/${kind}.docx`}
        />
      ))}
    </div>
  )
}

function Entry({ entry }: { entry: Case['entries'][number] }) {
  const { t } = useTranslation('cases')
  const common = useTranslation().t
  const format = (key: string, value: string) => {
    if (key === 'category') return common(`category.${value as 'marginal'}`)
    if (key === 'grounds') return t(`natural.${value as 'merged'}`)
    if (key !== 'scopes') return key === 'notKin' ? '' : value
    const scopes = value.split(',').map((scope) => t(`scope.${scope as 'bank'}`))
    return scopes.join(common('may.separator'))
  }
  // In the order of the catalogue, which is the order of events.
  const details = Object.keys(t('entry', { returnObjects: true }))
    .filter((key) => entry.details[key] !== undefined)
    .map((key) => t(`entry.${key as 'opinion'}`, { value: format(key, entry.details[key] ?? '') }))
  return (
    <div className="case-entry">
      <p>
        <strong>{t(`result.${entry.result}`)}</strong>{' '}
        <span className="muted">
          {entry.by} {formatInstant(entry.at)}
        </span>
      </p>
      {details.length > 0 && <p className="details">{details.join(' · ')}</p>}
    </div>
  )
}
