import { expect, test } from 'vitest'
import { errorStatus } from '#contract/errors.ts'
import { intake as englishIntake } from '#web/admin/intake/locales/en-US.ts'
import { intake as chineseIntake } from '#web/admin/intake/locales/zh-CN.ts'
import { resources as english } from './en-US/index.ts'
import { resources as chinese } from './zh-CN/index.ts'

test.each(Object.keys(errorStatus))('%s says what happened, what it means and what to do', (code) => {
  for (const [{ common }, intake] of [
    [chinese, chineseIntake],
    [english, englishIntake],
  ] as const) {
    const texts: Record<string, unknown> = { ...intake.errors, ...common.error }
    expect(texts[code]).toEqual({
      what: expect.stringMatching(/./),
      means: expect.stringMatching(/./),
      todo: expect.stringMatching(/./),
    })
  }
})
