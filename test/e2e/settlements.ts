import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import iconv from 'iconv-lite'
import { generateProvince } from '#demo/province/index.ts'
import { demoHouseholds } from './global-setup.ts'

export interface Person {
  name: string
  idNumber: string
  /** Their stay in hospital: its number, the days, and what they paid themselves of 40,000 yuan more. */
  stay?: { number: string; from: string; to: string; selfPaidYuan: number }
}

/**
 * A new file of the medical insurance about people of the demonstration, as GBK csv with wrapped numbers: large hospital
 * bills for `bills` people of 临泉, and `spoilt` rows whose ID number cannot be right; or the bill of one known person.
 */
export async function writeNewBills(
  bills: number,
  spoilt: number,
  { households = demoHouseholds, person }: { households?: number; person?: Person } = {},
): Promise<Buffer> {
  const out = mkdtempSync(path.join(os.tmpdir(), 'shouwang-bills-'))
  try {
    const { files } = await generateProvince({
      households,
      seed: 1,
      asOf: '2020-03-10',
      out,
      feeds: ['medical-settlement'],
      from: '2020-02',
    })
    const linesOf = (city: number | undefined, encoding: string) => {
      const file = files.find(({ area }) => area === (city ? city * 1e8 : 340_000_000_000))?.file ?? ''
      return iconv
        .decode(readFileSync(path.join(out, file)), encoding)
        .trim()
        .split(/\r?\n/)
    }
    const [header = ''] = linesOf(undefined, 'gb18030')
    // The people of 临泉 are in the file of their city, which has a layout of its own.
    const people = new Map<string, string>()
    for (const row of linesOf(3412, 'utf8')) {
      const [, id = '', name = ''] = row.split(',')
      if (/^341221\d{11}[\dX]$/.test(id) && !people.has(`="${id}"`)) people.set(`="${id}"`, name)
    }
    const chosen: [string, string][] = person
      ? [[`="${person.idNumber}"`, person.name]]
      : [...people].slice(-(bills + spoilt))
    const {
      number,
      from,
      to,
      selfPaidYuan: paid,
    } = person?.stay ?? {
      ...{ number: 'E2E', from: '2020-02-20', to: '2020-03-06', selfPaidYuan: 50_000 },
    }
    const lines = chosen.map(([id, name], i) => {
      const shown = person || i < bills ? id : `="34122119000101${String(1000 + i)}"`
      const sums = `${paid + 40_000},40000,0,0,0,0,0,0,${paid}`
      return `${name},${shown},${number}${i},住院,县人民医院,${from},${to},脑梗死,${sums}`
    })
    return iconv.encode(`${[header, ...lines].join('\r\n')}\r\n`, 'gb18030')
  } finally {
    rmSync(out, { recursive: true, force: true })
  }
}
