import { useQuery } from '@tanstack/react-query'
import { api } from '#web/api/client.ts'
import { useText } from '#web/ui/words/use-text.ts'

/** What a rule is called in the pack in force; its number alone where the pack does not know it. */
export function useRuleNames(): (rule: string) => string {
  const text = useText()
  const { data } = useQuery({
    queryKey: ['policy', undefined],
    queryFn: () => api.policy.get({}),
    staleTime: 600_000,
  })
  const titles = new Map(data?.rules.map(({ id, title }) => [id, title]))
  return (rule) => {
    const title = titles.get(rule)
    return title ? `${rule} ${text(title)}` : rule
  }
}
