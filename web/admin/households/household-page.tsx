import { SkeletonRows } from '#web/ui/states.tsx'

export function HouseholdPage() {
  return <SkeletonRows />
}
