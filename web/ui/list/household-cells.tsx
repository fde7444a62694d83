import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Division } from '#contract/common.ts'
import { useMe } from '#web/api/session.ts'

interface HouseholdCellProps {
  household: { ref: string; headName: string; memberCount: number }
  /** Where its name leads; to the household itself where nothing is given. */
  link?: ReactNode
}

/** A household in a list: the name that opens it and how many they are. */
export function HouseholdCell({ household, link }: HouseholdCellProps) {
  const { t } = useTranslation()
  return (
    <th scope="row" className="list-who">
      {link ?? (
        <Link to="/households/$ref" params={{ ref: household.ref }} search={{}}>
          {household.headName}
        </Link>
      )}
      <span className="sub">{t('people', { count: household.memberCount })}</span>
    </th>
  )
}

interface PlaceCellProps {
  household: { county: Division; township: Division; village: Division }
}

/** Where it lives: the township, and the village below it; who looks from above a county is told which. */
export function PlaceCell({ household: { county, township, village } }: PlaceCellProps) {
  const { level } = useMe().area
  const isAbove = level === 'province' || level === 'city'
  return (
    <td className="list-place">
      {isAbove && `${county.name} `}
      {township.name}
      <span className="sub">{village.name}</span>
    </td>
  )
}
