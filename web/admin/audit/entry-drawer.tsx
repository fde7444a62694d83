import { useQuery } from '@tanstack/react-query'
import { Drawer } from 'antd'
import { useTranslation } from 'react-i18next'
import { api } from '#web/api/client.ts'
import { ErrorState, SkeletonRows } from '#web/ui/page/states.tsx'
import { formatInstant } from '#web/ui/words/format.ts'
import { useActionName } from './action-name.ts'

export function EntryDrawer({ id, onClose }: { id: number; onClose(): void }) {
  const { t } = useTranslation('audit')
  const common = useTranslation().t
  const nameOf = useActionName()
  const query = useQuery({ queryKey: ['audit', 'entry', id], queryFn: () => api.audit.get({ id }) })
  const entry = query.data
  return (
    <Drawer
      open
      size={520}
      title={t('entry', { id })}
      closable={{ 'aria-label': common('close') }}
      onClose={onClose}
      destroyOnHidden
    >
      {query.isError && <ErrorState error={query.error} onRetry={() => query.refetch()} />}
      {query.isPending && <SkeletonRows rows={8} />}
      {entry && (
        <>
          <h2>{nameOf(entry.action)}</h2>
          <dl className="record-pairs audit-entry">
            <dt>{t('when')}</dt>
            <dd>{formatInstant(entry.at)}</dd>
            <dt>{t('who')}</dt>
            <dd>
              {entry.actor.username} {entry.actor.area?.name}
            </dd>
            <dt>{t('outcome')}</dt>
            <dd>{t(`outcomes.${entry.outcome}`)}</dd>
            {entry.reason && (
              <>
                <dt>{t('why')}</dt>
                <dd>{entry.reason}</dd>
              </>
            )}
            {entry.object && (
              <>
                <dt>{t('object')}</dt>
                <dd>
                  {entry.object.kind} {entry.object.ref}
                </dd>
              </>
            )}
            <Value label={t('before')} value={entry.before} />
            <Value label={t('after')} value={entry.after} />
            <Value label={t('detail')} value={entry.detail} />
            <dt>{t('where')}</dt>
            <dd>{entry.address ?? '–'}</dd>
            <dt>{t('browser')}</dt>
            <dd>{entry.userAgent ?? '–'}</dd>
            <dt>{t('request')}</dt>
            <dd>{entry.requestId ?? '–'}</dd>
            <dt>{t('seal')}</dt>
            <dd>
              {entry.seal ? (
                <>
                  {t('sealedAs', { seq: entry.seal.seq, at: formatInstant(entry.seal.sealedAt) })}
                  <code className="audit-digest">{entry.seal.digest}</code>
                </>
              ) : (
                t('waiting')
              )}
            </dd>
          </dl>
        </>
      )}
    </Drawer>
  )
}

/** What stood in a document of the entry, one line a field. */
function Value({ label, value }: { label: string; value: unknown }) {
  if (value === null || value === undefined) return null
  const fields = typeof value === 'object' ? Object.entries(value) : [['', value]]
  return (
    <>
      <dt>{label}</dt>
      <dd>
        {fields.map(([name, inner]) => (
          <div key={String(name)}>
            <span className="muted">{String(name)}</span>{' '}
            {typeof inner === 'object' ? JSON.stringify(inner) : String(inner)}
          </div>
        ))}
      </dd>
    </>
  )
}
