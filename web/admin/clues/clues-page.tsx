import { SkeletonRows } from '#web/ui/states.tsx'

export function CluesPage() {
  return <SkeletonRows />
}
