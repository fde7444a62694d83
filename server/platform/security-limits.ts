/** What the policy sets for signing in and accounts, by parameter; plain values for modules that stand above the policy. */
export const securityLimitKeys = [
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

export type SecurityLimits = Record<(typeof securityLimitKeys)[number], number>
