import { Button, Checkbox } from 'antd'
import { useTranslation } from 'react-i18next'
import { useMay } from '#web/api/session.ts'
import { useHouseholdColumns } from '#web/ui/list/household-columns.tsx'
import { type Column, ListTable } from '#web/ui/list/list-table.tsx'
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
  const { data, chosen, onTick } = props
  const household = useHouseholdColumns<DueRow>((row) => row.household)
  const hidden = (text: string) => <span className="visually-hidden">{text}</span>
  const columns: Column<DueRow>[] = [
    {
      key: 'tick',
      head: hidden(t('dueVisits.tick')),
      className: 'due-tick no-print',
      cell: ({ household: { ref, headName } }) => (
        <Checkbox
          checked={chosen.has(ref)}
          aria-label={t('dueVisits.tickOne', { name: headName })}
          onChange={({ target }) => onTick(ref, target.checked)}
        />
      ),
    },
    ...household,
    {
      key: 'grade',
      head: t('dueVisits.grade'),
      cell: ({ grade, purpose }) => (
        <>
          <RiskMark risk={marks[grade]} text={false} /> {t(`dueVisits.grades.${grade}`)}
          {purpose === 'track' && <span className="sub">{t('dueVisits.track')}</span>}
        </>
      ),
    },
    {
      key: 'last',
      head: t('dueVisits.last'),
      label: t('dueVisits.last'),
      className: 'nowrap',
      cell: ({ lastOn }) => lastOn ?? <span className="muted">{t('dueVisits.never')}</span>,
    },
    {
      key: 'by',
      head: t('dueVisits.by'),
      label: t('dueVisits.by'),
      className: ({ standing }) => (standing === 'overdue' ? 'nowrap overdue' : 'nowrap'),
      // Counted from before anybody kept visits here, the day itself would say nothing.
      cell: ({ dueOn }) => dueOn ?? t('dueVisits.soonest'),
    },
    {
      key: 'who',
      head: t('dueVisits.who'),
      label: t('dueVisits.who'),
      cell: (row) => <Visitor row={row} data={data} />,
    },
    {
      key: 'acts',
      head: hidden(t('dueVisits.plan')),
      className: 'due-acts no-print',
      cell: (row) => <Acts row={row} {...props} />,
    },
  ]
  return (
    <div className="panel record-panel">
      <ListTable
        rows={data.rows}
        columns={columns}
        keyOf={(row) => row.household.ref}
        className="record-list due-list"
      />
    </div>
  )
}

function Visitor({ row: { visitor }, data }: { row: DueRow; data: DueData }) {
  const { t } = useTranslation('visits')
  if (data.mine !== null) return <>{t('dueVisits.me')}</>
  if (!visitor) return <span className="muted">{t('dueVisits.noVisitor')}</span>
  return (
    <>
      {visitor.name}
      <span className="sub">
        {t(`dueVisits.because.${visitor.because}`)} ·{' '}
        {t('assignLoad', { planned: visitor.planned, weekly: data.weekly })}
      </span>
    </>
  )
}

/** Why it cannot be planned: the week of who would go is full. */
function useHindrance({ mine, weekly }: DueData, { visitor }: DueRow): string | undefined {
  const { t } = useTranslation('visits')
  if (mine !== null) return mine >= weekly ? t('dueVisits.fullMine', { weekly }) : undefined
  const isFull = (visitor?.planned ?? 0) >= weekly
  return isFull ? t('dueVisits.full', { name: visitor?.name ?? '', weekly }) : undefined
}

function Acts({ row, data, isPending, onPlan, onOther }: DueTableProps & { row: DueRow }) {
  const { t } = useTranslation('visits')
  const mayChoose = useMay('visit.assign')
  const hindrance = useHindrance(data, row)
  const { household, visitor } = row
  const other = visitor ? t('dueVisits.other') : t('dueVisits.choose')
  return (
    <>
      {(data.mine !== null || visitor) && (
        <MayButton
          capability="visit.plan-due"
          size="small"
          disabled={isPending}
          hindrance={hindrance}
          aria-label={`${t('dueVisits.plan')} ${household.headName}`}
          onClick={() => onPlan(household.ref)}
        >
          {t('dueVisits.plan')}
        </MayButton>
      )}
      {mayChoose && (
        <Button
          size="small"
          type="text"
          aria-label={`${other} ${household.headName}`}
          onClick={() => onOther(row)}
        >
          {other}
        </Button>
      )}
    </>
  )
}
