import { useTranslation } from 'react-i18next'
import { type Visit, visitItems } from '#contract/work/visits.ts'
import { formatInstant, formatYuan } from '#web/ui/words/format.ts'
import { RiskMark } from '#web/ui/words/risk-mark.tsx'
import { useText } from '#web/ui/words/use-text.ts'
import { Signature } from './signature.tsx'

type Report = NonNullable<Visit['report']>

const inOrder = (items: Report['items']) =>
  items.toSorted((a, b) => visitItems.indexOf(a.item) - visitItems.indexOf(b.item))

/** What was found, as the visitors wrote it. */
export function VisitReport({ visit, report }: { visit: Visit; report: Report }) {
  const { t } = useTranslation('visits')
  const common = useTranslation().t
  const met = visit.card.members.find(({ ref }) => ref === report.met)
  const amount = (fen: number | null) =>
    fen === null ? <span className="muted">{t('notStated')}</span> : t('yuan', { yuan: formatYuan(fen) })
  return (
    <section className="panel" aria-labelledby="report-title">
      <h2 id="report-title">{t('reportHead')}</h2>
      <p className="muted">
        {t('reportedBy', {
          by: report.by,
          second: report.secondVisitor,
          day: formatInstant(report.reportedAt),
        })}{' '}
        · {t('stay', { from: formatInstant(report.startedAt), to: formatInstant(report.endedAt).slice(11) })}{' '}
        · {met ? t('met', { name: met.name }) : t('metNobody')}
      </p>
      {report.clockAheadHours >= 1 && <p>{t('clockAhead', { hours: report.clockAheadHours })}</p>}
      <h3>{t('items')}</h3>
      <ul className="visit-items">
        {inOrder(report.items).map(({ item, result, note }) => (
          <li key={item} className={result}>
            <strong>{t(`item.${item}`)}</strong>
            <span>
              <RiskMark
                risk={result === 'good' ? 'none' : result === 'problem' ? 'orange' : 'unknown'}
                text={false}
              />{' '}
              {t(`result.${result}`)}
              {note && <span className="sub">{note}</span>}
            </span>
          </li>
        ))}
      </ul>
      <dl className="record-pairs">
        <dt>{t('statedIncome')}</dt>
        <dd>{amount(report.incomePerHeadFen)}</dd>
        <dt>{t('statedSpending')}</dt>
        <dd>{amount(report.rigidSpendingFen)}</dd>
        {report.newRisks.length > 0 && (
          <>
            <dt>{t('newRisks')}</dt>
            <dd>
              {report.newRisks.map(({ cause, note }) => (
                <div key={cause + note}>
                  {common(`cause.${cause}`)}: {note}
                </div>
              ))}
            </dd>
          </>
        )}
        {report.remark && (
          <>
            <dt>{t('remark')}</dt>
            <dd>{report.remark}</dd>
          </>
        )}
        <dt>{t('position')}</dt>
        <dd>
          {report.position ? (
            t('positionText', {
              lat: report.position.latitude.toFixed(5),
              lon: report.position.longitude.toFixed(5),
              metres: report.position.accuracyMetres,
            })
          ) : (
            <span className="muted">{t('noPosition')}</span>
          )}
        </dd>
      </dl>
      <Photos visit={visit} />
      <h3>{t('signatures')}</h3>
      {report.signatures.length === 0 && <p className="muted">{t('noSignatures')}</p>}
      <div className="signatures">
        {report.signatures.map((signature) => (
          <Signature key={signature.who} signature={signature} />
        ))}
      </div>
    </section>
  )
}

function Photos({ visit }: { visit: Visit }) {
  const { t } = useTranslation('visits')
  return (
    <>
      <h3>{t('photos')}</h3>
      {visit.photos.length === 0 && <p className="muted">{t('noPhotos')}</p>}
      <div className="visit-photos">
        {visit.photos.map(({ id, size, received }, i) => {
          const address = `/api/visits/${visit.id}/photos/${id}`
          return received < size ? (
            <p key={id} className="muted">
              {t('photoComing', { no: i + 1, percent: `${Math.floor((received / size) * 100)}%` })}
            </p>
          ) : (
            <a key={id} href={address} target="_blank" rel="noreferrer">
              <img src={address} alt={t('photoAlt', { no: i + 1 })} loading="lazy" />
            </a>
          )
        })}
      </div>
    </>
  )
}

/** What is said or decided about one clue. */
export function FindingText({ finding }: { finding: Report['findings'][number] }) {
  const { t } = useTranslation('visits')
  const clues = useTranslation('clues').t
  const common = useTranslation().t
  return (
    <>
      {t(`outcome.${finding.outcome}`)}
      {finding.reason && ` · ${clues(`excludeReason.${finding.reason}`)}`}
      {finding.note && ` · ${finding.note}`}
      {finding.proof &&
        ` · ${common(`department.${finding.proof.department}`)} ${finding.proof.doneOn} ${finding.proof.document}`}
    </>
  )
}

/** One clue to say something about. */
export function ClueLine({ clue }: { clue: Visit['clues'][number] }) {
  const common = useTranslation().t
  const text = useText()
  return (
    <p className="clue-line">
      <RiskMark risk={clue.level} text={false} /> <strong>{common(`cause.${clue.cause}`)}</strong>{' '}
      {text(clue.why)}
    </p>
  )
}
