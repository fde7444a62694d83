import { useRouter } from '@tanstack/react-router'
import { Suspense, useEffect, useState } from 'react'
import type { Me } from '#contract/access/session.ts'
import { lastActivity } from '#web/api/activity.ts'
import { api, queryClient } from '#web/api/client.ts'
import { lazyPart } from '#web/ui/page/lazy-part.ts'

const warnSeconds = 60
const SessionWarning = lazyPart(() => import('./session-warning.tsx'), 'SessionWarning')

/** Warns a minute before the session ends, and leads to the sign-in when it has ended. */
export function SessionWatch({ me }: { me: Me }) {
  const router = useRouter()
  const [now, setNow] = useState(Date.now)
  const [seen, setSeen] = useState(false)
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000)
    return () => clearInterval(timer)
  }, [])
  const idleAt = lastActivity() + me.idleMinutes * 60_000
  const lastAt = Date.parse(me.endsAt)
  const isLast = lastAt <= idleAt
  const left = Math.ceil((Math.min(idleAt, lastAt) - now) / 1000)
  const isOver = left <= 0
  useEffect(() => {
    if (!isOver) return
    const next = router.latestLocation.href
    queryClient.clear()
    router.navigate({ to: '/sign-in', search: { next, why: isLast ? 'ended' : 'idle' } })
  }, [isOver, isLast, router])

  const stay = async () => {
    await api.session.me().catch(() => undefined)
    setNow(Date.now())
  }
  const close = isLast ? () => setSeen(true) : stay
  if (left > warnSeconds || isOver || (isLast && seen)) return null
  return (
    <Suspense fallback={null}>
      <SessionWarning seconds={left} isLast={isLast} onClose={close} />
    </Suspense>
  )
}
