import { useMutation, useQuery } from '@tanstack/react-query'
import { App, Button, Tag } from 'antd'
import { useTranslation } from 'react-i18next'
import { api } from '#web/api/client.ts'
import { Failed } from '#web/ui/page/failed.tsx'
import { ErrorState, SkeletonRows } from '#web/ui/page/states.tsx'
import { formatInstant } from '#web/ui/words/format.ts'

export function SessionsPanel() {
  const { t } = useTranslation('me')
  const { message } = App.useApp()
  const sessions = useQuery({ queryKey: ['sessions'], queryFn: () => api.session.list() })
  const notify = async (count: number) => {
    message.success(t('ended', { count }))
    await sessions.refetch()
  }
  const revoke = useMutation({
    mutationFn: (id: string) => api.session.revoke({ id }),
    onSuccess: () => notify(1),
  })
  const revokeOthers = useMutation({
    mutationFn: () => api.session.revokeOthers(),
    onSuccess: ({ ended }) => notify(ended),
  })
  const rows = sessions.data ?? []
  const hasOthers = rows.some(({ current }) => !current)
  return (
    <section className="panel" aria-labelledby="sessions-title">
      <h2 id="sessions-title">{t('sessionsTitle')}</h2>
      <p className="muted">{t('sessionsLead')}</p>
      {sessions.isPending && <SkeletonRows rows={3} />}
      {sessions.isError && <ErrorState error={sessions.error} onRetry={() => sessions.refetch()} />}
      <Failed of={revoke} />
      <Failed of={revokeOthers} />
      <ul className="session-list">
        {rows.map((row) => (
          <li key={row.id}>
            <span className="session-what">
              <span>
                <strong>{row.device}</strong> {row.secondFactor && <Tag>{t('twoSteps')}</Tag>}
              </span>
              <span className="muted">
                {row.address ?? '–'} · {t('signedInAt')} {formatInstant(row.signedInAt)} · {t('lastSeenAt')}{' '}
                {formatInstant(row.lastSeenAt)}
              </span>
            </span>
            {row.current ? (
              <Tag className="this-session">{t('thisSession')}</Tag>
            ) : (
              <Button
                aria-label={t('endNamed', { device: row.device })}
                loading={revoke.isPending && revoke.variables === row.id}
                onClick={() => revoke.mutate(row.id)}
              >
                {t('end')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {sessions.data && !hasOthers && <p className="muted">{t('endOthersNone')}</p>}
      {hasOthers && (
        <Button danger loading={revokeOthers.isPending} onClick={() => revokeOthers.mutate()}>
          {t('endOthers')}
        </Button>
      )}
    </section>
  )
}
