import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { demoQuery } from './demo-accounts.tsx'

interface DemoCodeProps {
  username: string
  onUse(code: string): void
}

/** In the demonstration nobody has the telephone: its code stands beside the field. Elsewhere the server tells of no accounts. */
export function DemoCode({ username, onUse }: DemoCodeProps) {
  const { t } = useTranslation('signIn')
  // Codes last half a minute.
  const { data } = useQuery({ ...demoQuery, staleTime: 0, refetchInterval: 10_000 })
  const code = data?.accounts.find((one) => one.username === username)?.secondFactorCode
  if (!code) return null
  return (
    <p className="demo-code">
      {t('demoCodeNow')} <output aria-live="off">{code}</output>
      <Button size="small" onClick={() => onUse(code)}>
        {t('demoCodeUse')}
      </Button>
    </p>
  )
}
