/** Texts that come with their page instead of with the first load. */
export const later = {
  signIn: async () => (await import('./sign-in.ts')).signIn,
  accounts: async () => (await import('./accounts.ts')).accounts,
  audit: async () => (await import('./audit.ts')).audit,
  rights: async () => (await import('./rights.ts')).rights,
  intake: async () => (await import('./intake.ts')).intake,
  exports: async () => (await import('./exports.ts')).exports,
  secrets: async () => (await import('./secrets.ts')).secrets,
  households: async () => (await import('./households.ts')).households,
  overview: async () => (await import('./overview.ts')).overview,
  policy: async () => (await import('./policy.ts')).policy,
  casework: async () => (await import('./casework.ts')).casework,
  cases: async () => (await import('./cases.ts')).cases,
  letters: async () => (await import('./letters.ts')).letters,
  me: async () => (await import('./me.ts')).me,
}
