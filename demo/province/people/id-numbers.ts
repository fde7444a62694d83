import { type DayNumber, dayOf, dayText } from '../days.ts'

const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]

/** GB 11643 number of a county (6 digits), a day of birth and a sequence number 0–999. */
export function idNumber(county: number, birth: DayNumber, sequence: number): string {
  const digits = `${county}${dayText(birth).replaceAll('-', '')}${String(sequence).padStart(3, '0')}`
  let sum = 0
  for (let i = 0; i < 17; i++) sum += (digits.charCodeAt(i) - 48) * (weights[i] ?? 0)
  return digits + '10X98765432'.charAt(sum % 11)
}

/** Sequence numbers, by halves because the other half is the other sex's: who lives here from the beginning, who comes, strangers. */
const newcomersFrom = 100
const outsidersFrom = 480
const daysOfYear = 365

export type Sex = 'male' | 'female'

/**
 * Gives out days of birth and ID numbers of one county so that none comes twice, whatever the size: within a year and a
 * sex, the day and the sequence number are a permutation of a counter.
 */
export class IdRegister {
  private readonly county: number
  private readonly next = new Map<number, number>()

  constructor(county: number) {
    this.county = county
  }

  /** Somebody born in `year`. */
  register(year: number, sex: Sex): { birth: DayNumber; idNumber: string } {
    const key = year * 2 + (sex === 'male' ? 1 : 0)
    const count = this.next.get(key) ?? 0
    this.next.set(key, count + 1)
    const place = (count * 149 + this.county * 31 + key * 57) % daysOfYear
    const round = Math.floor(count / daysOfYear)
    if (round >= newcomersFrom) throw new Error(`county ${this.county} has no ID numbers left for ${year}`)
    const half = (round * 211 + place * 37 + this.county) % newcomersFrom
    return this.numbered(year, place, half, sex)
  }

  /**
   * The `count`-th who is born into or comes to a neighbourhood, of that year and sex. It depends on that neighbourhood alone: how long
   * others have lived changes nobody's number. Sound for five of a kind in each of some thousand neighbourhoods.
   */
  newcomer(year: number, sex: Sex, neighbourhood: number, count: number) {
    const halves = outsidersFrom - newcomersFrom
    const place = (count * 149 + Math.floor(neighbourhood / halves) * 97) % daysOfYear
    return this.numbered(year, place, newcomersFrom + (neighbourhood % halves), sex)
  }

  /** Somebody the registry does not know. */
  outsider(year: number, place: number, sex: Sex): { birth: DayNumber; idNumber: string } {
    return this.numbered(year, place % daysOfYear, outsidersFrom + (place % (500 - outsidersFrom)), sex)
  }

  private numbered(year: number, place: number, half: number, sex: Sex) {
    const birth = dayOf(year, 1, 1) + place
    return { birth, idNumber: idNumber(this.county, birth, half * 2 + (sex === 'male' ? 1 : 0)) }
  }
}
