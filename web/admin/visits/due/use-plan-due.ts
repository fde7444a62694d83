import { useMutation, useQueryClient } from '@tanstack/react-query'
import { api } from '#web/api/client.ts'

const touched = ['due-visits', 'due-sums', 'visits', 'visitors', 'workbench', 'household']

/** Plans visits that are due; every list that shows them is requested anew. */
export function usePlanDue(onPlanned: () => void) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (chosen: Parameters<typeof api.visits.planDue>[0]) => api.visits.planDue(chosen),
    onSuccess: async () => {
      onPlanned()
      await Promise.all(touched.map((key) => client.invalidateQueries({ queryKey: [key] })))
    },
  })
}
