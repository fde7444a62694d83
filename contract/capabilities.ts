/** What each role may do. One table for server and web: the server refuses, the web shows the reason. */
export const capabilities = {
  officer: [
    'overview.read',
    'clue.read',
    'clue.dispatch',
    'household.read',
    'batch.read',
    'batch.send',
    'batch.decide',
    'policy.read',
  ],
  cadre: ['overview.read', 'clue.read', 'clue.dispatch', 'household.read', 'policy.read'],
  department: ['batch.read', 'batch.send', 'policy.read'],
} as const satisfies Record<string, readonly string[]>

export type Role = keyof typeof capabilities
export type Capability = (typeof capabilities)[Role][number]

export function may(role: Role, capability: Capability): boolean {
  return (capabilities[role] as readonly Capability[]).includes(capability)
}
