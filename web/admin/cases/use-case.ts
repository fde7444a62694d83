import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { Case } from '#contract/work/cases.ts'

/** Does something to a case and shows what it became; lists and to-dos are requested anew. */
export function useCaseChange<T>(act: (input: T) => Promise<Case>, onDone?: () => void) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: act,
    onSuccess: async (next) => {
      client.setQueryData(['case', next.id], next)
      onDone?.()
      await Promise.all(
        ['cases', 'workbench', 'household', 'plan', 'letters'].map((key) =>
          client.invalidateQueries({ queryKey: [key] }),
        ),
      )
    },
  })
}
