import { SkeletonRows } from '#web/ui/states.tsx'

export function IntakePage() {
  return <SkeletonRows />
}
