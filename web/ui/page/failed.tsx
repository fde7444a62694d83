import { ErrorState } from './states.tsx'

interface Act {
  isError: boolean
  error: unknown
  variables: unknown
  mutate(variables: never): void
}

/** What was done did not come about: why, and once more the same with a click. What was typed stays where it is. */
export function Failed({ of }: { of: Act }) {
  if (!of.isError) return null
  return <ErrorState error={of.error} onRetry={() => of.mutate(of.variables as never)} />
}
