import type { Certificate, Illness, Income, Settlement } from '#demo/province/model.ts'
import type { Values } from '#demo/province/outgoing/cells.ts'
import { settlementRow } from '#demo/province/outgoing/rows.ts'
import type { Row } from '../model.ts'

const disabilityCodes = ['visual', 'hearing', 'speech', 'limb', 'intellectual', 'mental', 'multiple']

/** What a department writes of it. Most rows are values already; facts that are kept whole are taken apart here. */
export function valuesOf(row: Row): Values {
  const { settlement, illness, certificate } = row.values as {
    settlement?: Settlement
    illness?: Illness
    certificate?: Certificate
  }
  if (settlement) return settlementRow(settlement)
  if (illness) {
    const { person, kind, disease, special, diagnosed, outcome, outcomeOn } = illness
    const { name, idNumber } = person
    return { name, idNumber, kind, disease, special, diagnosedOn: diagnosed, outcome, outcomeOn }
  }
  if (certificate) {
    const { person, no, category, grade, issuedOn, allowance } = certificate
    const { name, idNumber } = person
    return {
      ...{ name, idNumber, certificateNo: no, category: disabilityCodes[category - 1] ?? 'multiple' },
      ...{ grade: String(grade), issuedOn, allowance },
    }
  }
  return row.values as Values
}

export function incomeValues(head: { name: string; idNumber: string }, one: Income): Values {
  const { from, to, ...items } = one
  const { name, idNumber } = head
  return { name, idNumber, periodFrom: from, periodTo: to, ...items }
}
