import { useRouter } from '@tanstack/react-router'
import { Button, Modal } from 'antd'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Me } from '#contract/session.ts'
import { lastActivity } from '#web/api/activity.ts'
import { api, queryClient } from '#web/api/client.ts'

const warnSeconds = 60

/** Warns a minute before the session ends, and leads to the sign-in when it has ended. */
export function SessionWatch({ me }: { me: Me }) {
  const { t } = useTranslation()
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
  return (
    <Modal
      open={left <= warnSeconds && !isOver && !(isLast && seen)}
      title={t('sessionEnd.title')}
      onCancel={close}
      mask={{ closable: false }}
      width={440}
      footer={
        <Button type="primary" size="large" onClick={close} autoFocus>
          {isLast ? t('sessionEnd.understood') : t('sessionEnd.stay')}
        </Button>
      }
    >
      <p role="timer">
        {isLast ? t('sessionEnd.last', { seconds: left }) : t('sessionEnd.idle', { seconds: left })}
      </p>
    </Modal>
  )
}
