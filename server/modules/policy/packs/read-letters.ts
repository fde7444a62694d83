import { LetterKind } from '#contract/contact/letters.ts'
import type { PolicyPack } from '../model.ts'
import { faultTexts } from './messages.ts'
import { LetterFile, LettersCommonFile } from './schema.ts'
import type { SourceFile } from './source-file.ts'

/** What any letter may name. */
const always = ['head', 'village', 'office', 'hotline']

/** What a letter of a kind may name beside that. */
export const letterValues = {
  flagged: ['causes', 'due'],
  'visit-planned': ['visitor', 'due'],
  visited: ['due'],
  excluded: ['causes', 'reason', 'notice'],
  solved: ['causes', 'recheck'],
  authorise: ['due', 'total'],
  review: ['total'],
  publicity: ['from', 'until', 'board', 'total'],
  approved: ['category', 'due'],
  entered: ['category', 'plan', 'first'],
  reopened: ['category', 'plan', 'first'],
  refused: ['reason', 'notice'],
  plan: ['measures', 'first'],
  resolving: ['total'],
  resolved: [],
} as const satisfies Record<LetterKind, readonly string[]>

/** Telephones are shared: a message names neither the family nor its trouble. */
const unfitForMessages = ['head', 'causes', 'reason', 'category', 'measures']

/** One message holds so many Chinese characters; a longer one is cut into parts, which cheap telephones mix up. */
const longestMessage = 70
/** Characters a value takes at most: a day with its weekday, and what is shorter or longer than that. */
const longestDay = 13
const longestValues: Readonly<Record<string, number>> = { hotline: 5, office: 8, village: 8, visitor: 12 }

export function readLetters(open: (name: string) => SourceFile): PolicyPack['letters'] | undefined {
  const commonFile = open('letters/common.yaml')
  const common = commonFile.read(LettersCommonFile)
  if (common) {
    const places = ['village', 'office', 'hotline']
    checkValues(commonFile, ['call'], common.call, places)
    checkValues(commonFile, ['late'], common.late, places)
    checkValues(commonFile, ['by'], common.by, ['day'])
  }
  const kinds = new Map<LetterKind, LetterFile>()
  for (const kind of LetterKind.options) {
    const file = open(`letters/${kind}.yaml`)
    const letter = file.read(LetterFile)
    if (!letter) continue
    const { sms, ...paragraphs } = letter
    const known = [...always, ...letterValues[kind]]
    for (const [key, text] of Object.entries(paragraphs)) checkValues(file, [key], text, known)
    checkMessage(file, sms, known)
    kinds.set(kind, letter)
  }
  return common && { ...common, kinds }
}

function checkValues(
  file: SourceFile,
  at: readonly string[],
  text: { zh: string; en: string },
  known: readonly string[],
) {
  for (const language of ['zh', 'en'] as const)
    for (const [, name = ''] of text[language].matchAll(/\{([^}]*)\}/g))
      if (!known.includes(name)) file.fault([...at, language], faultTexts.letterValue(name, known))
}

function checkMessage(file: SourceFile, sms: { zh: string; en: string }, known: readonly string[]) {
  for (const language of ['zh', 'en'] as const)
    for (const [, name = ''] of sms[language].matchAll(/\{([^}]*)\}/g)) {
      if (unfitForMessages.includes(name)) file.fault(['sms', language], faultTexts.letterSecret(name))
      else if (!known.includes(name)) file.fault(['sms', language], faultTexts.letterValue(name, known))
    }
  const filled = sms.zh.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
    '字'.repeat(longestValues[name] ?? longestDay),
  )
  if ([...filled].length > longestMessage) file.fault(['sms', 'zh'], faultTexts.letterLength(longestMessage))
}
