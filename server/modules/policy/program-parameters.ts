/** Parameters that the program itself reads, beside those the rules name. Every pack must give them. */
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
  'clueMergeWindow',
  'yellowCausesForOrange',
  'feedRejectShareLimit',
  'feedDuplicateShareLimit',
  'feedUnmatchedShareLimit',
  'feedHoldMinimumRows',
  'medicalTotalTolerance',
  'lockoutFailures',
  'lockoutMinutes',
  'signInsPerMinute',
  'signInsPerAddressMinute',
  'sessionIdleMinutes',
  'sessionMinutes',
  'passwordMinimumLength',
  'passwordClasses',
  'passwordHistory',
  'accountFileRows',
  'exportApprovalRows',
  'exportKeptDays',
  'revealsPerDay',
  'breakGlassPerDay',
  'breakGlassMinutes',
  'alarmHouseholdsPerHour',
  'alarmTownshipsPerHour',
  'alarmNightReads',
  'nightFromHour',
  'nightToHour',
  'alarmFailedSignIns',
  'alarmRefusalsPerHour',
  'alarmExportRows',
] as const

/** `feed.water.maxAge`: after so many days without news a feed is late; `cadence`: days between deliveries. */
export type FeedParameter = `feed.${string}.${'maxAge' | 'cadence'}`
export type ProgramParameter = (typeof programParameters)[number] | FeedParameter

export function isFeedParameter(key: string): key is FeedParameter {
  return /^feed\.[a-z-]+\.(maxAge|cadence)$/.test(key)
}
