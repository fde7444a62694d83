import { useTranslation } from 'react-i18next'
import { type GuardCheck, guards } from '#contract/work/cases.ts'
import { errorCode, errorDetails } from '#web/api/client.ts'
import { ErrorState } from '#web/ui/page/states.tsx'
import { formatYuan } from '#web/ui/words/format.ts'

type Explained = 'flags-unexplained'
/** Every value a sentence may name; what is unknown stays empty. */
const blank = {
  ...{ due: '', needed: '', present: '', agreed: '', until: '', months: '', income: '', line: '' },
  ...{ flags: '', objections: '', people: '', measures: '', clues: '', items: '', from: '', to: '' },
}
const isGuard = (value: unknown): value is GuardCheck['guard'] => guards.includes(value as 'quorum')

/** Conditions as a check list: what does not hold first, each with why and what to do about it. */
export function GuardList({ checks }: { checks: readonly GuardCheck[] }) {
  const { t } = useTranslation('cases')
  // That it is the turn of this step goes without saying.
  const shown = checks.filter(({ guard, passed }) => guard !== 'step-order' || !passed)
  if (shown.length === 0) return <p className="muted">{t('allPassed')}</p>
  return (
    <ul className="guards">
      {shown
        .toSorted((a, b) => Number(a.passed) - Number(b.passed))
        .map((check) => (
          <GuardItem key={check.guard} check={check} />
        ))}
    </ul>
  )
}

function GuardItem({ check: { guard, passed, details } }: { check: GuardCheck }) {
  const { t, i18n } = useTranslation('cases')
  const { income = '', line = '' } = details
  const values = { ...blank, ...details, income: yuan(income), line: yuan(line) }
  const textOf = (kind: 'guardWhy' | 'guardTodo') =>
    !passed && i18n.exists(`cases:${kind}.${guard}`) ? t(`${kind}.${guard as Explained}`, values) : undefined
  const why = textOf('guardWhy')
  const todo = textOf('guardTodo')
  return (
    <li className={passed ? 'passed' : 'fails'}>
      <span role="img" aria-label={passed ? t('passed') : t('failsWord')}>
        {passed ? '✓' : '✗'}
      </span>
      <span>
        {details.seen ? t(`guard.${seenAs(guard)}`) : t(`guard.${guard}`, values)}
        {details.seen && <span className="muted"> {t('seen')}</span>}
        {why && <span className="why">{why}</span>}
        {todo && <span className="todo">{t('whatToDo', { todo })}</span>}
      </span>
    </li>
  )
}

const yuan = (text: string) => (text === '' ? '' : formatYuan(Number(text) * 100))

/** A value that only a visit has seen has no figures of its own. */
const seenAs = (guard: GuardCheck['guard']) => (guard === 'income-line' ? 'income-unknown' : guard)

/** A refused step: what stands in its way, in the same words. */
export function StepError({ error }: { error: unknown }) {
  if (!error) return null
  const { guard, checks } = errorDetails(error)
  const failed: GuardCheck[] =
    Array.isArray(checks) && checks.length > 0
      ? checks
      : isGuard(guard)
        ? [{ guard, passed: false, details: {} }]
        : []
  return (
    <>
      <ErrorState error={error} />
      {errorCode(error) === 'case-guard' && failed.length > 0 && <GuardList checks={failed} />}
    </>
  )
}
