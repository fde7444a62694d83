import { mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { expect, it } from 'vitest'
import { changeBackupState, readBackupState } from './state.ts'

it('is no failure of a backup where the disk of the data is full', () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'shouwang-state-'))
  const made = (name: string) => ({
    lastGood: {
      name,
      startedAt: '2020-03-10T00:00:00Z',
      endedAt: '2020-03-10T00:01:00Z',
      bytes: 1,
      files: 0,
    },
  })
  try {
    // Whatever is written there finds no space.
    symlinkSync('/dev/full', path.join(folder, `backup-state.json.${process.pid}`))
    expect(changeBackupState(folder, made('first'))).toEqual(made('first'))
    expect(readdirSync(folder)).toEqual([])
    changeBackupState(folder, made('second'))
    expect(readBackupState(folder)).toEqual(made('second'))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
