import { ageOn, type DayNumber, monthStart, yearOf } from '#demo/province/days.ts'
import { placeAt } from '#demo/province/people/schooling.ts'
import type { Random } from '#demo/province/random.ts'
import { lives } from '../calibration.ts'
import { headOf, present } from '../families/people.ts'
import type { Home, Month, Person } from '../model.ts'

export interface RegistryRows {
  household: Record<string, unknown> | null
  members: Record<string, unknown>[]
}

const healthOf = {
  healthy: ['healthy'],
  chronic: ['chronic'],
  major: ['major'],
  disabled: ['disabled'],
  both: ['major', 'disabled'],
} as const

/**
 * The register as it is kept: everybody at the turn of the year, in July those of whom something changed. Who left is named once, with
 * the reason; then the file says nothing more of them.
 */
export function entries(home: Home, month: Month, isWhole: boolean): RegistryRows {
  if (!isWhole && !home.changed) return { household: null, members: [] }
  const day = monthStart(month + 1) - 1
  const head = headOf(home)
  const members = home.people.map((person) => memberRow(home, person, day))
  home.departed.push(...home.people.filter(({ left }) => left && !left.within))
  home.people = home.people.filter(({ left }) => left === null)
  home.changed = false
  home.written = home.people.map((person) => ({ person, labour: person.labour }))
  return { household: head ? householdRow(home, head) : null, members }
}

function householdRow(home: Home, head: Person): Record<string, unknown> {
  const { reliefMark } = home
  return {
    ...{ householdNo: home.householdNo, villageCode: home.village, groupName: home.group },
    ...{ headName: head.name, headIdNumber: head.idNumber, phone: home.phone },
    ...{ bankName: '示例农村商业银行', bankCard: home.bankCard, registered: home.registered },
    ...{ povertyAttribute: home.attribute, reliefMark, mainCause: home.mainCause },
    identifiedMonth: home.identified,
    relievedYear: reliefMark === 'relieved' ? home.relievedYear : null,
    monitoringCategory: home.monitoring,
    memberCount: present(home).length,
    ...{ farmland: home.farmland, dwellingArea: home.dwellingArea, roadType: home.roadType },
    ...{ fuel: home.fuel, toilet: home.toilet },
  }
}

function memberRow(home: Home, person: Person, day: DayNumber): Record<string, unknown> {
  const age = ageOn(person.birth, day)
  const schoolYear = yearOf(day - 240)
  const student = placeAt(person.birth, person.talent, schoolYear)?.status
  const studentStatus = student ?? (age < 6 ? 'preschool-age' : null)
  const change = person.left ?? person.joined
  return {
    ...{ householdNo: home.householdNo, memberNo: person.memberNo, name: person.name, sex: person.sex },
    ...{ idNumber: person.idNumber, birth: person.birth, relation: person.relation, ethnic: '汉族' },
    education: studentStatus ? null : age < 20 ? 'junior' : person.education,
    ...{ studentStatus, labour: person.labour, health: healthOf[person.condition], phone: person.phone },
    ...{ change: change?.change ?? null, changedOn: change?.on ?? null },
  }
}

/** At the turn of the year the register relieves who was to be relieved, and calls some of the poorest monitored. */
export function turnOfYear(home: Home, year: number, random: Random): void {
  if (year < 2019) return
  if (home.reliefMark === 'unrelieved' && random.chance(lives.relieved[year] ?? 1)) {
    home.reliefMark = 'relieved'
    home.relievedYear = year
    home.changed = true
  }
  if (home.monitoring) return
  const statement = home.statements.at(-1)
  const heads = present(home).length
  if (home.edge && random.chance(lives.monitored.others * 4)) home.monitoring = 'marginal'
  if (!home.registered || home.reliefMark !== 'relieved' || !statement || heads === 0) return
  const perHead = netOf(statement) / heads / 100
  if (perHead < lives.monitored.below && random.chance(lives.monitored.eyes)) home.monitoring = 'unstable'
}

export function netOf(one: Home['statements'][number]): number {
  const { familyPlanning, dibao, tekun, pension, ecoCompensation, otherTransfer } = one
  const transfers = familyPlanning + dibao + tekun + pension + ecoCompensation + otherTransfer
  return one.wage + one.businessGross + one.property + transfers - one.businessCost
}
