import { SkeletonRows } from '#web/ui/states.tsx'

export function PolicyPage() {
  return <SkeletonRows />
}
