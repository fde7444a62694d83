import { useTranslation } from 'react-i18next'
import { useOpen } from '../../device/state.ts'
import { reportNow } from '../../work/clock.ts'
import { nobody, toReport } from '../../work/draft.ts'
import { ReportSummary } from '../report-summary.tsx'
import type { StepProps } from '../step-props.ts'
import { useStepTitle } from '../step-title.ts'

interface StepReviewProps extends StepProps {
  missing: readonly string[]
  moveTo(step: string): void
}

/** Everything once more in short, and what is still missing. */
export function StepReview({ visit, draft, heading, missing, moveTo }: StepReviewProps) {
  const { t } = useTranslation('field')
  const { owner } = useOpen()
  const title = useStepTitle(visit)
  const report = toReport(draft, visit, { own: owner.name, household: '' }, reportNow())
  const notes = [
    report.photos.length > 0
      ? t('form.reviewPhotos', { count: report.photos.length })
      : t('form.reviewNoPhotos'),
    report.position ? t('form.reviewPosition') : t('form.reviewNoPosition'),
    ...(draft.met !== nobody && !draft.signatures.household ? [t('form.reviewNoHousehold')] : []),
  ]
  return (
    <>
      <h1 ref={heading} tabIndex={-1}>
        {t('form.review')}
      </h1>
      {missing.length > 0 ? (
        <div className="lacks" role="status">
          <p>{t('form.reviewMissing', { count: missing.length })}</p>
          <div className="chips">
            {missing.map((step) => (
              <button key={step} type="button" onClick={() => moveTo(step)}>
                {title(step)}
              </button>
            ))}
          </div>
        </div>
      ) : (
        <p className="ready">{t('form.reviewReady')}</p>
      )}
      <ReportSummary report={report} clues={visit.clues} members={visit.card.members} />
      <ul className="facts">
        {notes.map((note) => (
          <li key={note}>{note}</li>
        ))}
      </ul>
    </>
  )
}
