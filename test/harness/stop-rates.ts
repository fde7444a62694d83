import { onTestFinished, vi } from 'vitest'

/** Until the test ends nothing flows back into the buckets of `Rates`: what is counted does not depend on how quick the machine is. */
export function stopRates(): void {
  const clock = vi.spyOn(performance, 'now').mockReturnValue(performance.now())
  onTestFinished(() => clock.mockRestore())
}
