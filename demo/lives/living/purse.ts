import { lives } from '../calibration.ts'
import { present } from '../families/people.ts'
import { emptyYear, type Fall, type FallKind } from '../model.ts'
import { filesFrom, type Turn, weightOf } from './turn.ts'

/** The month is over: what is left, what the last twelve months brought, and whether the household has fallen. */
export function account(turn: Turn): void {
  const { home, month, world, year } = turn
  const { purse } = home
  const heads = present(home).length
  if (heads === 0) return
  purse.net[month % 12] = turn.income
  const twelve = purse.net.reduce((a, b) => a + b, 0)
  const price = world.prices(year)
  const { line, living, spends, spendsInDebt, muddles, recovers } = lives.need
  const least = (living * price * heads) / 12
  const usual = ((purse.cash < 0 ? spendsInDebt : spends) * Math.max(0, twelve)) / 12
  purse.cash += turn.income - turn.due - Math.max(least, usual)
  const isUnder = twelve / heads < line * price
  purse.brokeMonths = purse.cash < -purse.credit ? purse.brokeMonths + 1 : 0
  const isBroke = purse.brokeMonths >= muddles
  // Nobody lends more: what is lacking is eaten less, sold, or owed to the hospital.
  if (isBroke) purse.cash = -purse.credit
  if (isUnder || isBroke) {
    if (purse.state === 'above') fall(turn, isUnder ? 'line' : 'hardship', twelve / heads)
    purse.goodMonths = 0
    purse.state = isBroke ? 'hardship' : purse.state === 'hardship' ? 'hardship' : 'under'
  } else if (purse.state !== 'above' && ++purse.goodMonths >= recovers) purse.state = 'above'
  home.blows = home.blows.filter((blow) => blow.lastLoss > month - 12 || blow.cause === 'school')
}

/** Owed to what took most within the year; a slow decline has no day of its own. */
function fall(turn: Turn, kind: FallKind, perHead: number): void {
  const { home, month, last } = turn
  if (last < filesFrom) return
  let blow: Fall['blow'] = null
  let most = 0
  for (const one of home.blows) {
    const weight = weightOf(one, month, kind === 'line')
    if (weight > most) [most, blow] = [weight, one]
  }
  // What took less than a tenth of a living is not what brought a household down.
  if (most < lives.need.living * 0.1 * present(home).length) blow = null
  home.falls.push({
    ...{
      county: home.county,
      fellOn: last,
      kind,
      cause: blow?.cause ?? 'drift',
      causeOn: blow?.on ?? null,
      blow,
    },
    perHeadYuan: Math.round(perHead),
  })
}

/** The register's year runs from October to September. */
export function closeYear(turn: Turn, from: number): void {
  const { home, last } = turn
  const { year } = home.purse
  const fen = Object.fromEntries(Object.entries(year).map(([key, yuan]) => [key, Math.round(yuan * 100)]))
  home.statements.push({ ...emptyYear(), ...fen, from, to: last })
  home.purse.year = emptyYear()
}
