import { SkeletonRows } from '#web/ui/states.tsx'

export function BatchPage() {
  return <SkeletonRows />
}
