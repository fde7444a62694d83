import { useTranslation } from 'react-i18next'
import type { Visit, VisitReport } from '#contract/work/visits.ts'
import { formatYuan } from '#web/ui/words/format.ts'

interface ReportSummaryProps {
  report: VisitReport
  clues: Visit['clues']
  members: Visit['card']['members']
}

/** A report in a few lines. */
export function ReportSummary({ report, clues, members }: ReportSummaryProps) {
  const { t } = useTranslation('field')
  const common = useTranslation().t
  const problems = report.items.filter(({ result }) => result === 'problem')
  const met = members.find(({ ref }) => ref === report.met)?.name ?? t('form.nobody')
  return (
    <dl className="summary">
      <dt>{t('form.secondVisitor')}</dt>
      <dd>{report.secondVisitor}</dd>
      <dt>{t('form.met')}</dt>
      <dd>{met}</dd>
      <dt>{t('conflict.problems')}</dt>
      <dd>
        {problems.length === 0
          ? t('conflict.noProblems')
          : problems.map(({ item, note }) => (
              <p key={item}>
                <strong>{t(`form.items.${item}`)}</strong> {note}
              </p>
            ))}
      </dd>
      {report.incomePerHeadFen !== null && (
        <>
          <dt>{t('form.incomeLabel')}</dt>
          <dd>{formatYuan(report.incomePerHeadFen)}</dd>
        </>
      )}
      {report.rigidSpendingFen !== null && (
        <>
          <dt>{t('form.spendingLabel')}</dt>
          <dd>{formatYuan(report.rigidSpendingFen)}</dd>
        </>
      )}
      {report.findings.length > 0 && (
        <>
          <dt>{t('conflict.findings')}</dt>
          <dd>
            {report.findings.map(({ clue, outcome, reason, note, proof }) => {
              const cause = clues.find(({ id }) => id === clue)?.cause ?? 'other'
              return (
                <p key={clue}>
                  <strong>{common(`cause.${cause}`)}</strong> {t(`form.outcomes.${outcome}`)}
                  {reason && ` · ${t(`form.reasons.${reason}`)}`} {note}
                  {proof &&
                    ` · ${common(`department.${proof.department}`)} ${proof.doneOn} ${proof.document}`}
                </p>
              )
            })}
          </dd>
        </>
      )}
      {report.newRisks.length > 0 && (
        <>
          <dt>{t('form.risks')}</dt>
          <dd>
            {report.newRisks.map(({ cause, note }) => (
              <p key={`${cause}/${note}`}>
                <strong>{common(`cause.${cause}`)}</strong> {note}
              </p>
            ))}
          </dd>
        </>
      )}
      {report.remark !== '' && (
        <>
          <dt>{t('form.remark')}</dt>
          <dd>{report.remark}</dd>
        </>
      )}
    </dl>
  )
}
