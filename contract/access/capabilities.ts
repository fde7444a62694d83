/**
 * What each role may do: the one table of server and web. The server refuses, the web shows the reason.
 * Levels and roles: the organisation of the work (levels and roles), and the three separated duties of GB/T 22239.
 */
export const roles = [
  'clerk',
  'checker',
  'leader',
  'department',
  'township',
  'village',
  'team-member',
  'helper',
  'supervisor',
  'support-unit',
  'bank',
  'donor',
  'household',
  'system-admin',
  'security-admin',
  'audit-admin',
] as const
export type Role = (typeof roles)[number]

/** Each capability with the roles that have it; a role not named may not. */
export const capabilities = {
  'overview.read': [
    'clerk',
    'checker',
    'leader',
    'township',
    'village',
    'team-member',
    'supervisor',
    'support-unit',
  ],
  'workbench.read': ['clerk', 'checker', 'leader', 'township', 'village', 'team-member', 'helper'],
  'clue.read': ['clerk', 'checker', 'leader', 'township', 'village', 'team-member', 'helper', 'supervisor'],
  'clue.dispatch': ['clerk', 'township'],
  'clue.report': ['clerk', 'checker', 'township', 'village', 'team-member', 'helper'],
  'visit.read': ['clerk', 'checker', 'leader', 'township', 'village', 'team-member', 'helper', 'supervisor'],
  'visit.assign': ['clerk', 'township', 'village'],
  'visit.plan-due': ['clerk', 'township', 'village', 'team-member', 'helper'],
  'visit.report': ['township', 'village', 'team-member', 'helper'],
  'visit.decide': ['clerk', 'checker', 'township'],
  'case.read': ['clerk', 'checker', 'leader', 'township', 'village', 'team-member', 'helper', 'supervisor'],
  'case.act': ['clerk', 'checker', 'leader', 'township', 'village', 'team-member'],
  'plan.write': ['clerk', 'township', 'village', 'team-member', 'helper'],
  'household.read': [
    'clerk',
    'checker',
    'leader',
    'township',
    'village',
    'team-member',
    'helper',
    'supervisor',
  ],
  'secret.reveal': ['clerk', 'checker', 'township', 'village', 'team-member', 'helper'],
  'break-glass.use': ['clerk', 'checker', 'leader', 'township', 'supervisor'],
  'break-glass.review': ['security-admin'],
  'batch.read': ['clerk', 'checker', 'leader', 'supervisor', 'department', 'bank'],
  'batch.send': ['clerk', 'department', 'bank'],
  'batch.decide': ['clerk', 'checker'],
  'policy.read': [
    'clerk',
    'checker',
    'leader',
    'township',
    'village',
    'team-member',
    'helper',
    'supervisor',
    'support-unit',
    'department',
    'bank',
  ],
  'export.request': [
    'clerk',
    'checker',
    'leader',
    'township',
    'supervisor',
    'department',
    'bank',
    'system-admin',
    'security-admin',
    'audit-admin',
  ],
  'export.approve': ['checker', 'leader'],
  'account.read': ['leader', 'system-admin', 'security-admin', 'township'],
  'account.manage': ['system-admin', 'leader', 'township'],
  'account.approve': ['leader', 'system-admin', 'security-admin'],
  'correction.handle': ['clerk', 'checker', 'township', 'village'],
  'own-record.read': ['household'],
  'retention.read': ['leader', 'security-admin', 'system-admin'],
  'retention.request': ['system-admin'],
  'retention.approve': ['security-admin'],
  'key.read': ['system-admin', 'security-admin'],
  'key.rotate': ['security-admin'],
  'audit.read': ['audit-admin'],
  'operations.read': ['system-admin'],
} as const satisfies Record<string, readonly Role[]>

export type Capability = keyof typeof capabilities

export function may(role: Role, capability: Capability): boolean {
  return (capabilities[capability] as readonly Role[]).includes(role)
}

export function capabilitiesOf(role: Role): Capability[] {
  return (Object.keys(capabilities) as Capability[]).filter((capability) => may(role, capability))
}

/** What of the households a role reaches: those of its area, those granted to it, or none at all. */
export const reach = {
  clerk: 'area',
  checker: 'area',
  leader: 'area',
  township: 'area',
  village: 'area',
  'team-member': 'area',
  supervisor: 'area',
  helper: 'granted',
  household: 'granted',
  department: 'none',
  bank: 'none',
  'support-unit': 'area',
  donor: 'none',
  'system-admin': 'none',
  'security-admin': 'none',
  'audit-admin': 'none',
} as const satisfies Record<Role, 'area' | 'granted' | 'none'>

/** Roles of officers and administrators: they sign in with a second factor. */
export const secondFactorRoles: readonly Role[] = [
  'clerk',
  'checker',
  'leader',
  'township',
  'supervisor',
  'department',
  'bank',
  'system-admin',
  'security-admin',
  'audit-admin',
]
