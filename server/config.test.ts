import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readConfig, readMasterKey } from './config.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'shouwang-config-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

describe('configuration', () => {
  it('has defaults for everything and takes empty settings for absent ones', () => {
    expect(readConfig({ PORT: '' })).toMatchObject({
      port: 8080,
      host: '127.0.0.1',
      demo: true,
      asOf: undefined,
    })
  })

  it('shows no demonstration on a server of one’s own unless configured', () => {
    const databaseUrl = 'postgres://localhost/x'
    expect(readConfig({ DATABASE_URL: databaseUrl }).demo).toBe(false)
    expect(readConfig({ DATABASE_URL: databaseUrl, SHOUWANG_DEMO: 'on' }).demo).toBe(true)
  })

  it('names every setting that cannot be used, and why', () => {
    const read = () => readConfig({ PORT: 'web', SHOUWANG_AS_OF: '10.3.2020', DATABASE_URL: 'mysql://x' })
    expect(read).toThrow(
      /PORT:.*SHOUWANG_AS_OF: must be a day such as 2020-03-10.*DATABASE_URL: must start with postgres/s,
    )
  })
})

describe('the master key', () => {
  it('is made once for the embedded database, readable by its owner only', () => {
    const config = readConfig({ SHOUWANG_DATA: folder })
    const key = readMasterKey(config)
    expect(key).toHaveLength(32)
    expect(readMasterKey(config).equals(key)).toBe(true)
    expect(statSync(config.keyFile).mode & 0o777).toBe(0o600)
  })

  it('is never made up for a server of one’s own', () => {
    const config = readConfig({ SHOUWANG_DATA: folder, DATABASE_URL: 'postgres://localhost/x' })
    expect(() => readMasterKey(config)).toThrow(/No key: set SHOUWANG_KEY/)
    expect(existsSync(config.keyFile)).toBe(false)
  })

  it('is never made anew where there are data that another one sealed', () => {
    const config = readConfig({ SHOUWANG_DATA: folder })
    for (const kind of ['postgres', 'files']) {
      mkdirSync(path.join(folder, kind))
      readMasterKey(config)
      rmSync(config.keyFile)
      writeFileSync(path.join(folder, kind, 'something'), '')
      expect(() => readMasterKey(config)).toThrow(/is missing, and there are data/)
      expect(existsSync(config.keyFile)).toBe(false)
      rmSync(path.join(folder, kind), { recursive: true })
    }
    mkdirSync(config.keyFile, { mode: 0o700 })
    expect(() => readMasterKey(config)).toThrow(/cannot be read/)
  })

  it('is refused when others may read it, or when it is no key', () => {
    const config = readConfig({ SHOUWANG_DATA: folder })
    writeFileSync(config.keyFile, 'ab'.repeat(32))
    chmodSync(config.keyFile, 0o644)
    expect(() => readMasterKey(config)).toThrow(/chmod 600/)
    chmodSync(config.keyFile, 0o600)
    writeFileSync(config.keyFile, 'secret')
    expect(() => readMasterKey(config)).toThrow(/64 hexadecimal digits/)
  })
})
