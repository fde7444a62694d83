import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import { loadPolicyPack } from '#server/modules/policy/packs/load.ts'
import { PolicyError } from '#server/modules/policy/packs/source-file.ts'
import { packOn } from '#server/modules/screening/index.ts'
import { indicatorByName } from '#server/modules/screening/indicators/catalogue.ts'

/** What is told of the pack with one text of one letter replaced. */
function told(file: string, from: string, to: string): string[] {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'shouwang-letters-'))
  try {
    cpSync('policy/anhui-2020', folder, { recursive: true })
    const target = path.join(folder, file)
    const text = readFileSync(target, 'utf8')
    expect(text).toContain(from)
    writeFileSync(target, text.replace(from, to))
    loadPolicyPack(folder, indicatorByName)
    return []
  } catch (error) {
    if (!(error instanceof PolicyError)) throw error
    return error.faults.map(({ file: name, line, reason, mend }) => `${name}:${line} ${reason} ${mend}`)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

test('a letter that names what nobody knows is refused with its file and line', () => {
  const [fault, ...others] = told('letters/flagged.yaml', '听说{causes}。', '听说{cause}。')
  expect(fault).toMatch(/^letters\/flagged\.yaml:\d+ 信里的“\{cause\}”不认识 这封信只能用 \{head\}/)
  expect(others).toEqual([])
  expect(told('letters/common.yaml', '也可以找{office}', '也可以找{helper}')[0]).toContain('“{helper}”不认识')
})

test('a message names neither the family nor its trouble, and is short', () => {
  expect(told('letters/flagged.yaml', "zh: '您好，", "zh: '{causes}，")[0]).toContain(
    '短信里不能写“{causes}”',
  )
  expect(told('letters/flagged.yaml', "zh: '您好，", `zh: '${'好'.repeat(120)}`)[0]).toContain('短信太长')
})

test('both packs have every letter, and no word of the office in one', () => {
  for (const day of ['2020-03-10', '2021-03-10']) {
    const { kinds } = packOn(day).letters
    expect(kinds.size).toBe(15)
    for (const [kind, texts] of kinds)
      for (const { zh } of Object.values(texts))
        expect(zh, kind).not.toMatch(/线索|监测对象|研判|预警|建档立卡|台账|刚性|三保障|纳入|消除|核查/)
  }
})
