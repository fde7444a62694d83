import { type RetentionKey, retentionActions } from '#server/manifest/retention.ts'
import type { PolicyDocument, RetentionRule } from '../model.ts'
import { faultTexts } from './messages.ts'
import { checkArticle } from './read-parameters.ts'
import { RetentionFile } from './schema.ts'
import { nearest, type SourceFile } from './source-file.ts'

const keys = Object.keys(retentionActions) as RetentionKey[]
const isKey = (key: string): key is RetentionKey => key in retentionActions

/** A rule may also keep for good what the program could erase, never the other way round. */
export function readRetention(
  file: SourceFile,
  documents: ReadonlyMap<string, PolicyDocument>,
): RetentionRule[] {
  const rules: RetentionRule[] = []
  const written = file.read(RetentionFile)
  for (const [i, { key, ...rule }] of (written ?? []).entries()) {
    checkArticle(file, [i], rule, documents)
    if (!isKey(key)) {
      file.fault([i, 'key'], faultTexts.unknownRetention(key, nearest(key, keys)))
      continue
    }
    if (rules.some((other) => other.key === key)) file.fault([i, 'key'], faultTexts.duplicateId(key))
    if (rule.action !== 'keep' && rule.action !== retentionActions[key]) {
      file.fault([i, 'action'], faultTexts.retentionAction(key, retentionActions[key]))
    }
    if ((rule.action === 'keep') !== (rule.months === null)) {
      file.fault([i, 'months'], faultTexts.retentionMonths())
    }
    rules.push({ key, ...rule })
  }
  if (written) {
    for (const key of keys)
      if (!rules.some((rule) => rule.key === key)) file.fault([], faultTexts.requiredRetention(key))
  }
  return rules
}
