import type { Values } from '#demo/province/outgoing/cells.ts'
import { send } from '#demo/province/outgoing/outgoing.ts'
import type { Lived } from '../live.ts'
import { incomeValues } from './rows.ts'
import { type Letters, sendRows, statedIncome } from './send.ts'

/** Everything the register and the departments write of a household, in the order in which it became known. */
export function sendLife({ home, register, statedBy }: Lived, letters: Letters): void {
  const { desk, dirt, random, isWanted } = letters
  for (const [month, { household, member }] of desk.registry) {
    const rows = register.get(month)
    if (rows?.household && isWanted('household')) send(household, rows.household as Values, dirt, random)
    if (!isWanted('member')) continue
    for (const values of rows?.members ?? []) send(member, values as Values, dirt, random)
  }
  const city = Math.floor(home.county / 100)
  if (isWanted('income'))
    for (const one of home.statements) {
      const head = statedBy.get(one.to)
      if (!head) continue
      const values = incomeValues(head, statedIncome(one, dirt, random))
      for (const outgoing of desk.routesOf('income', one.to, city)) send(outgoing, values, dirt, random)
    }
  sendRows(home, letters)
}
