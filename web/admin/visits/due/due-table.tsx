import { Button, Checkbox } from 'antd'
import { useTranslation } from 'react-i18next'
import { useMay } from '#web/api/session.ts'
import { HouseholdCell, PlaceCell } from '#web/ui/list/household-cells.tsx'
import { MayButton } from '#web/ui/may/may-button.tsx'
import { RiskMark } from '#web/ui/words/risk-mark.tsx'
import type { DueData, DueRow } from './due-data.ts'

const marks = { red: 'red', yellow: 'yellow', green: 'none' } as const

interface DueTableProps {
  data: DueData
  chosen: ReadonlySet<string>
  isPending: boolean
  onTick(ref: string, on: boolean): void
  onPlan(ref: string): void
  /** Somebody else than the one proposed is to be chosen. */
  onOther(row: DueRow): void
}

export function DueTable(props: DueTableProps) {
  const { t } = useTranslation('visits')
  return (
    <div className="panel record-panel">
      <table className="record-list due-list">
        <thead>
          <tr>
            <th scope="col">
              <span className="visually-hidden">{t('dueVisits.tick')}</span>
            </th>
            <th scope="col">{t('dueVisits.household')}</th>
            <th scope="col">{t('dueVisits.grade')}</th>
            <th scope="col">{t('dueVisits.place')}</th>
            <th scope="col">{t('dueVisits.last')}</th>
            <th scope="col">{t('dueVisits.by')}</th>
            <th scope="col">{t('dueVisits.who')}</th>
            <th scope="col" className="no-print">
              <span className="visually-hidden">{t('dueVisits.plan')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {props.data.rows.map((row) => (
            <Row key={row.household.ref} row={row} {...props} />
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Row({ row, data, chosen, isPending, onTick, onPlan, onOther }: DueTableProps & { row: DueRow }) {
  const { t } = useTranslation('visits')
  const mayChoose = useMay('visit.assign')
  const { household, grade, purpose, lastOn, dueOn, overdue, visitor } = row
  const { ref, headName } = household
  const isFull = (visitor?.planned ?? 0) >= data.weekly
  const own = data.mine !== null
  const hindrance = own
    ? (data.mine ?? 0) >= data.weekly
      ? t('dueVisits.fullMine', { weekly: data.weekly })
      : undefined
    : isFull
      ? t('dueVisits.full', { name: visitor?.name ?? '', weekly: data.weekly })
      : undefined
  return (
    <tr>
      <td className="due-tick no-print">
        <Checkbox
          checked={chosen.has(ref)}
          aria-label={t('dueVisits.tickOne', { name: headName })}
          onChange={({ target }) => onTick(ref, target.checked)}
        />
      </td>
      <HouseholdCell household={household} />
      <td>
        <RiskMark risk={marks[grade]} text={false} /> {t(`dueVisits.grades.${grade}`)}
        {purpose === 'track' && <span className="sub">{t('dueVisits.track')}</span>}
      </td>
      <PlaceCell household={household} />
      <td className="nowrap" data-label={t('dueVisits.last')}>
        {lastOn ?? <span className="muted">{t('dueVisits.never')}</span>}
      </td>
      <td className={overdue ? 'nowrap overdue' : 'nowrap'} data-label={t('dueVisits.by')}>
        {/* Counted from before anybody kept visits here, the day itself would say nothing. */}
        {overdue && !lastOn ? t('dueVisits.soonest') : dueOn}
      </td>
      <td data-label={t('dueVisits.who')}>
        {own ? (
          t('dueVisits.me')
        ) : visitor ? (
          <>
            {visitor.name}
            <span className="sub">
              {t(`dueVisits.because.${visitor.because}`)} ·{' '}
              {t('assignLoad', { planned: visitor.planned, weekly: data.weekly })}
            </span>
          </>
        ) : (
          <span className="muted">{t('dueVisits.noVisitor')}</span>
        )}
      </td>
      <td className="due-acts no-print">
        {(own || visitor) && (
          <MayButton
            capability="visit.plan-due"
            size="small"
            disabled={isPending}
            hindrance={hindrance}
            aria-label={`${t('dueVisits.plan')} ${headName}`}
            onClick={() => onPlan(ref)}
          >
            {t('dueVisits.plan')}
          </MayButton>
        )}
        {mayChoose && (
          <Button
            size="small"
            type="text"
            aria-label={`${visitor ? t('dueVisits.other') : t('dueVisits.choose')} ${headName}`}
            onClick={() => onOther(row)}
          >
            {visitor ? t('dueVisits.other') : t('dueVisits.choose')}
          </Button>
        )}
      </td>
    </tr>
  )
}
