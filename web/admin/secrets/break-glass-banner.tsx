import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Alert, Button } from 'antd'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '#web/api/client.ts'
import { breakGlassQuery } from './break-glass-query.ts'

/** On a household that is open only for a time: how long still, and the way to close it. */
export function BreakGlassBanner({ household }: { household: string }) {
  const { t } = useTranslation('secrets')
  const navigate = useNavigate()
  const queries = useQueryClient()
  const { data } = useQuery(breakGlassQuery)
  const now = useNow()
  const end = useMutation({
    mutationFn: (id: string) => api.breakGlass.end({ id }),
    onSuccess: async () => {
      await queries.invalidateQueries()
      await navigate({ to: '/break-glass', search: {} })
    },
  })
  const open = data?.rows.find((row) => row.household === household && row.mayEnd)
  if (!open) return null
  const seconds = Math.max(0, Math.floor((Date.parse(open.until) - now) / 1000))
  const time = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
  return (
    <Alert
      type="warning"
      showIcon
      title={t('banner', { time })}
      action={
        <Button size="small" loading={end.isPending} onClick={() => end.mutate(open.id)}>
          {t('end')}
        </Button>
      }
    />
  )
}

function useNow(): number {
  const [now, setNow] = useState(Date.now)
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000)
    return () => clearInterval(timer)
  }, [])
  return now
}
