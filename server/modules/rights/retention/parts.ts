import type { RetentionPart } from '#server/manifest/retention.ts'
import { sessionRetention } from '#server/modules/access/index.ts'
import {
  declarationRetention,
  deviceRetention,
  photoRetention,
  unfinishedPhotoRetention,
  visitTraceRetention,
} from '#server/modules/clues/index.ts'
import {
  fileRetention,
  rejectRetention,
  reviewRetention,
  uploadRetention,
} from '#server/modules/feeds/index.ts'
import type { RetentionKey } from '#server/modules/policy/index.ts'

/** How each rule of the policy is carried out; null for what the program never erases. */
export const retentionParts: Readonly<Record<RetentionKey, RetentionPart | null>> = {
  'uploads-never-imported': uploadRetention,
  'received-files': fileRetention,
  'rejected-cells': rejectRetention,
  'review-cells': reviewRetention,
  'ended-sessions': sessionRetention,
  'visit-photos': photoRetention,
  'unfinished-photos': unfinishedPhotoRetention,
  'visit-traces': visitTraceRetention,
  'revoked-devices': deviceRetention,
  'declaration-marks': declarationRetention,
  facts: null,
  clues: null,
  casework: null,
  accounts: null,
  audit: null,
}

export const partOf = (key: string): RetentionPart | null =>
  (retentionParts as Readonly<Record<string, RetentionPart | null>>)[key] ?? null
