import { useIsFetching } from '@tanstack/react-query'
import { useRouterState } from '@tanstack/react-router'

/** What address the page shows, and whether anything of it is still on its way: for whoever counts what it says. */
export function PageState() {
  const at = useRouterState({ select: ({ resolvedLocation }) => resolvedLocation?.href })
  const isBusy = useIsFetching() > 0
  return <span hidden data-page-at={at} data-page-busy={isBusy} />
}
