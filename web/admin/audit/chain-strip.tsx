import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Alert, Button } from 'antd'
import { useTranslation } from 'react-i18next'
import type { ChainStatus } from '#contract/protection/audit.ts'
import { api } from '#web/api/client.ts'
import { CopyButton } from '#web/ui/files/copy-button.tsx'
import { ErrorState } from '#web/ui/page/states.tsx'
import { formatCount, formatInstant } from '#web/ui/words/format.ts'

const pollMs = 2000

/** How far the chain of seals reaches and whether it holds: calm as long as it does, loud when it does not. */
export function ChainStrip() {
  const { t } = useTranslation('audit')
  const queries = useQueryClient()
  const query = useQuery({
    queryKey: ['audit', 'chain'],
    queryFn: () => api.audit.chain(undefined, { context: { background: true } }),
    refetchInterval: pollMs,
  })
  const verify = useMutation({
    mutationFn: () => api.audit.verify(),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['audit', 'chain'] }),
  })
  if (query.isError) return <ErrorState error={query.error} onRetry={() => query.refetch()} />
  const chain = query.data
  if (!chain) return null
  return (
    <section className="panel audit-chain" aria-label={t('chain.title')}>
      <dl>
        <div>
          <dt>{t('chain.sealed')}</dt>
          <dd>{formatCount(chain.sealed)}</dd>
        </div>
        <div>
          <dt>{t('chain.pending')}</dt>
          <dd>{formatCount(chain.pending)}</dd>
        </div>
        {chain.head && (
          <div>
            <dt>{t('chain.head')}</dt>
            <dd>
              <code>{chain.head.digest.slice(0, 12)}…</code>{' '}
              <CopyButton size="small" type="link" text={`${chain.head.seq} ${chain.head.digest}`} />
            </dd>
          </div>
        )}
        <div>
          <dt>{t('chain.anchored')}</dt>
          <dd>
            <Anchored chain={chain} />
          </dd>
        </div>
        <div className="audit-verified">
          <dt>{t('chain.verified')}</dt>
          <dd>
            <Verified chain={chain} />
          </dd>
        </div>
      </dl>
      <Button
        size="small"
        className="no-print"
        loading={verify.isPending || chain.verification?.ok === null}
        onClick={() => verify.mutate()}
      >
        {t('chain.verify')}
      </Button>
      {chain.anchors.problem && (
        <Alert
          type="warning"
          showIcon
          className="audit-broken"
          title={t('chain.notCopied')}
          description={t('chain.notCopiedText', { problem: chain.anchors.problem })}
        />
      )}
      <Broken chain={chain} />
    </section>
  )
}

/** How old the proof outside the database is: here, and where somebody else keeps it. */
function Anchored({ chain: { anchors } }: { chain: ChainStatus }) {
  const { t } = useTranslation('audit')
  const { last, copied, publicKey } = anchors
  if (!last) return <span className="muted">{t('chain.noAnchor')}</span>
  const here = t('chain.anchor', { at: formatInstant(last.at), seq: last.seq })
  const there = copied
    ? t('chain.copy', { at: formatInstant(copied.at), seq: copied.seq })
    : t('chain.noCopy')
  return (
    <>
      {here} · {there}
      {publicKey && (
        <span className="muted">
          {' '}
          · {t('chain.publicKey')} <code>{publicKey}</code>
        </span>
      )}
    </>
  )
}

function Verified({ chain: { verification } }: { chain: ChainStatus }) {
  const { t } = useTranslation('audit')
  if (!verification) return <span className="muted">{t('chain.never')}</span>
  const count = formatCount(verification.checked) as never
  if (verification.ok === null || verification.finishedAt === null)
    return <>{t('chain.running', { count })}</>
  const at = formatInstant(verification.finishedAt)
  return verification.ok ? t('chain.ok', { at, count }) : <strong>{t('chain.broken')}</strong>
}

function Broken({ chain: { verification } }: { chain: ChainStatus }) {
  const { t } = useTranslation('audit')
  const wrong = verification?.wrong
  if (!wrong || !verification?.finishedAt) return null
  const what = t(`chain.${wrong.what}`, { entry: wrong.entry ?? '', seq: wrong.seq ?? '' })
  return (
    <Alert
      type="error"
      showIcon
      className="audit-broken"
      title={t('chain.broken')}
      description={t('chain.brokenText', {
        at: formatInstant(verification.finishedAt),
        what,
        more: wrong.more,
      })}
    />
  )
}
