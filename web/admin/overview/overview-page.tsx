import { SkeletonRows } from '#web/ui/states.tsx'

export function OverviewPage() {
  return <SkeletonRows />
}
