import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Division } from '#contract/common.ts'
import { useMe } from '#web/api/session.ts'
import type { Column } from './list-table.tsx'

interface Household {
  ref: string
  headName: string
  memberCount: number
  county: Division
  township: Division
  village: Division
}

/** What every list of households begins with: the name that opens a row, how many they are, and where they live. */
export function useHouseholdColumns<Row>(
  of: (row: Row) => Household,
  /** Where the name leads; to the household itself where nothing is said. */
  link?: (row: Row) => ReactNode,
): readonly [who: Column<Row>, place: Column<Row>] {
  const { t } = useTranslation()
  const { level } = useMe().area
  const isAbove = level === 'province' || level === 'city'
  return [
    {
      key: 'household',
      head: t('list.household'),
      className: 'list-who',
      isRowHead: true,
      cell: (row) => (
        <>
          {link?.(row) ?? <HouseholdLink household={of(row)} />}
          <span className="sub">{t('people', { count: of(row).memberCount })}</span>
        </>
      ),
    },
    {
      key: 'place',
      head: t('list.place'),
      className: 'list-place',
      // The township, and the village below it; who looks from above a county is told which.
      cell: (row) => {
        const { county, township, village } = of(row)
        return (
          <>
            {isAbove && `${county.name} `}
            {township.name}
            <span className="sub">{village.name}</span>
          </>
        )
      },
    },
  ]
}

function HouseholdLink({ household: { ref, headName } }: { household: Household }) {
  return (
    <Link to="/households/$ref" params={{ ref }} search={{}}>
      {headName}
    </Link>
  )
}
