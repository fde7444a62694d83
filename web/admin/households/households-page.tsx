import { SkeletonRows } from '#web/ui/states.tsx'

export function HouseholdsPage() {
  return <SkeletonRows />
}
