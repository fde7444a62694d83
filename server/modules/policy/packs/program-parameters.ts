import { securityLimitKeys } from '#server/platform/security-limits.ts'

/** Parameters that the program itself reads, beside those the rules name. Every pack must contain them. */
export const programParameters = [
  'povertyStandard',
  'incomePeriodMinimum',
  'singleStayWindow',
  'rigidSpendingWindow',
  'newIllnessWindow',
  'epidemicAftercare',
  'schoolAgeFrom',
  'schoolAgeTo',
  'waterWindow',
  'assistanceStoppedWindow',
  'newDisabilityWindow',
  'joblessLookback',
  'dispatchLimit',
  'verificationLimit',
  'correctionLimit',
  'decisionLimit',
  'noticeLimit',
  'declarationsPerDay',
  'declarationKept',
  'authoriseLimit',
  'compareLimit',
  'reviewLimit',
  'publicityDays',
  'resolutionPublicityDays',
  'townshipAuditLimit',
  'countyApprovalLimit',
  'announceLimit',
  'enterLimit',
  'identificationTotalLimit',
  'greenChannelExtra',
  'greenChannelHelp',
  'objectionLimit',
  'reviewQuorum',
  'reviewMajority',
  'planLimit',
  'firstMeasureMonths',
  'resolutionMonths',
  'adultAge',
  'visitWeeklyBudget',
  'visitRhythmGreen',
  'visitRhythmYellow',
  'visitRhythmRed',
  'solvedRecheck',
  'escalationFirst',
  'escalationSecond',
  'escalationThird',
  'clueMergeWindow',
  'yellowCausesForOrange',
  'feedRejectShareLimit',
  'feedDuplicateShareLimit',
  'feedUnmatchedShareLimit',
  'feedHoldMinimumRows',
  'feedFigureShiftFactor',
  'feedFigureEventShiftFactor',
  'feedFigureMinimumPairs',
  'feedFigureMinimumRows',
  'feedFigureEmptiedShareLimit',
  'feedFigureUnstatedMinimum',
  'medicalTotalTolerance',
  ...securityLimitKeys,
] as const

/** Read by the program where a pack contains them: a policy without a limit of scale has none. */
export const optionalParameters = ['scaleLow', 'scaleAmber', 'scaleRed'] as const
export type OptionalParameter = (typeof optionalParameters)[number]

/** `feed.water.maxAge`: after so many days without news a feed is late; `cadence`: days between deliveries. */
export type FeedParameter = `feed.${string}.${'maxAge' | 'cadence'}`
export type ProgramParameter = (typeof programParameters)[number] | FeedParameter

export function isFeedParameter(key: string): key is FeedParameter {
  return /^feed\.[a-z-]+\.(maxAge|cadence)$/.test(key)
}
