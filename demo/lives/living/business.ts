import type { Random } from '#demo/province/random.ts'
import { lives } from '../calibration.ts'
import { headOf } from '../families/people.ts'
import type { Blow } from '../model.ts'
import { epidemicFrom, floodDay } from '../world.ts'
import { whose } from './health.ts'
import { forgo, lose, pay, record, strike, type Turn, trade } from './turn.ts'

/** What the land, the pens and the small trade bring, and what takes it: weather, fever, prices, the epidemic. No department keeps a file of these. */
export function cultivate(turn: Turn): void {
  harvest(turn)
  raise(turn)
  run(turn)
  owe(turn)
}

function harvest(turn: Turn): void {
  const { home, world, month, ofYear, random } = turn
  const { crops } = home.purse
  if (crops <= 0 || (ofYear !== 6 && ofYear !== 10)) return
  const share = ofYear === 6 ? lives.farm.june : 1 - lives.farm.june
  const isFlooded = ofYear === 10 && turn.year === 2020 && world.flooded(home.village)
  const taken = isFlooded ? lives.farm.flood.loses : world.hail(home.county, month)
  const usual = crops * share * world.prices(turn.year)
  trade(turn, usual * (1 - taken) * (0.9 + random.unit() * 0.2))
  if (taken < 0.2) return
  const on = isFlooded ? floodDay : turn.first - 30
  lose(turn, strike(turn, 'harvest', on), usual * taken)
}

function raise(turn: Turn): void {
  const { home, world, month, ofYear, random } = turn
  const { pigs } = home.purse
  if (!pigs) return
  const { fever, feverMonths } = lives.farm
  const isFever = month >= 2018 * 12 + 9 && month <= 2019 * 12 + 10
  const isUnlucky = isFever ? fever : 0.002
  if (pigs.until <= month && random.chance(isUnlucky)) {
    const blow = strike(turn, 'livestock', turn.first + random.whole(0, 26))
    pay(turn, blow, pigs.yearly * 0.5)
    forgo(turn, blow, pigs.yearly / 12)
    pigs.until = month + feverMonths
    call(turn, blow, random, '猪都死了，饲料钱还欠着', 0.06)
  }
  if (pigs.until > month || (ofYear !== 1 && ofYear !== 8)) return
  trade(turn, (pigs.yearly / 2) * world.pork(month) * (0.8 + random.unit() * 0.4), 0.6)
}

/** A shop, a workshop, a shed of vegetables or geese. */
function run(turn: Turn): void {
  const { home, month, random } = turn
  const { venture } = home.purse
  if (!venture || venture.failed) return
  const { fails, failsInEpidemic, debt, calls } = lives.venture
  const isEpidemic = month >= epidemicFrom && month < epidemicFrom + 5
  const net = venture.monthly * (0.7 + random.unit() * 0.6)
  if (isEpidemic) {
    trade(turn, net * lives.epidemic.venture)
    const blow = home.blows.find(({ cause }) => cause === 'epidemic') ?? strike(turn, 'epidemic', turn.first)
    lose(turn, blow, net * (1 - lives.epidemic.venture))
  } else trade(turn, net)
  if (!random.chance(isEpidemic ? failsInEpidemic : fails)) return
  venture.failed = true
  const blow = strike(turn, 'venture', turn.first + random.whole(0, 26))
  pay(turn, blow, random.lognormal(debt[0], debt[1]))
  forgo(turn, blow, venture.monthly)
  call(turn, blow, random, '投的棚子亏了，贷款还不上，家里周转不开', calls)
}

/** A guarantee for a cousin, a game, a swindle. */
function owe(turn: Turn): void {
  const { hazard, size } = lives.debt
  if (!turn.random.chance(hazard)) return
  const blow = strike(turn, 'debt', turn.first + turn.random.whole(0, 26))
  pay(turn, blow, turn.random.lognormal(size[0], size[1]))
}

/** Few people in trouble call the hotline; then one file speaks of what none other carries. */
export function call(turn: Turn, blow: Blow, random: Random, content: string, share: number): void {
  const head = headOf(turn.home)
  if (!head || !random.chance(share)) return
  const receivedOn = Math.min(turn.last, blow.on + random.whole(3, 25))
  record(
    turn,
    'complaint',
    receivedOn,
    {
      ...whose(head),
      ticketNo: `T${turn.month}${turn.home.householdNo.slice(6)}${turn.home.blows.length}`,
      ...{ line: random.pick(['12317', '12345', 'letter']), subject: 'living', content, receivedOn },
    },
    blow,
  )
}
