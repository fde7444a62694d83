import { describe, expect, it } from 'vitest'
import { words } from '#contract/sheets/words.ts'
import { accounts as accountsEnglish } from '#web/admin/accounts/locales/en-US.ts'
import { accounts } from '#web/admin/accounts/locales/zh-CN.ts'
import { audit as auditEnglish } from '#web/admin/audit/locales/en-US.ts'
import { audit } from '#web/admin/audit/locales/zh-CN.ts'
import { cases as casesEnglish } from '#web/admin/cases/locales/en-US.ts'
import { cases } from '#web/admin/cases/locales/zh-CN.ts'
import { categories as categoriesEnglish } from '#web/admin/categories/locales/en-US.ts'
import { categories } from '#web/admin/categories/locales/zh-CN.ts'
import { exports as exportsEnglish } from '#web/admin/exports/locales/en-US.ts'
import { exports } from '#web/admin/exports/locales/zh-CN.ts'
import { plans as plansEnglish } from '#web/admin/plans/locales/en-US.ts'
import { plans } from '#web/admin/plans/locales/zh-CN.ts'
import { visits as visitsEnglish } from '#web/admin/visits/locales/en-US.ts'
import { visits } from '#web/admin/visits/locales/zh-CN.ts'
import { common as commonEnglish } from '#web/locales/en-US/common.ts'
import { common } from '#web/locales/zh-CN/common.ts'

type Texts = [zh: Record<string, string>, en: Record<string, string>]

const pages: Partial<Record<keyof typeof words, Texts>> = {
  level: [common.level, commonEnglish.level],
  cause: [common.cause, commonEnglish.cause],
  clueState: [common.clueState, commonEnglish.clueState],
  channel: [common.channel, commonEnglish.channel],
  category: [common.category, commonEnglish.category],
  role: [common.role, commonEnglish.role],
  actorRole: [
    { ...common.role, system: audit.system, cli: audit.cli, unknown: audit.unknown },
    {
      ...commonEnglish.role,
      system: auditEnglish.system,
      cli: auditEnglish.cli,
      unknown: auditEnglish.unknown,
    },
  ],
  department: [common.department, commonEnglish.department],
  accountRequest: [accounts.requests.kind, accountsEnglish.requests.kind],
  caseKind: [cases.kind, casesEnglish.kind],
  caseState: [cases.state, casesEnglish.state],
  caseStep: [cases.step, casesEnglish.step],
  visitPurpose: [visits.purpose, visitsEnglish.purpose],
  grade: [categories.grade, categoriesEnglish.grade],
  planLack: [plans.lack, plansEnglish.lack],
  risk: [categories.risk, categoriesEnglish.risk],
  spellChange: [categories.change, categoriesEnglish.change],
  exportState: [exports.state, exportsEnglish.state],
}

describe('words in files are those of the pages', () => {
  it.each(Object.keys(pages) as (keyof typeof words)[])('%s', (kind) => {
    const [zh, en] = pages[kind] ?? [{}, {}]
    for (const [code, word] of Object.entries(words[kind]))
      expect(word).toEqual({ zh: zh[code], en: en[code] })
  })
})
