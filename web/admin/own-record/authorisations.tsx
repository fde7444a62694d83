import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Modal } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Localized } from '#contract/common.ts'
import { beijingDay } from '#contract/days.ts'
import type { Authorisation } from '#contract/protection/own-record.ts'
import { api } from '#web/api/client.ts'
import { Failed } from '#web/ui/page/failed.tsx'
import { useText } from '#web/ui/words/use-text.ts'

/** One switch a scope; the whole text is read before it turns. */
export function Authorisations({ rows, text }: { rows: Authorisation[]; text: Localized }) {
  const { t } = useTranslation('rights')
  const [chosen, setChosen] = useState<Authorisation>()
  return (
    <section className="panel">
      <h2>{t('authorisations')}</h2>
      <ul className="own-switches">
        {rows.map((row) => (
          <li key={row.scope}>
            <span>
              {t(`scope.${row.scope}`)}
              <span className="sub">
                <Standing row={row} />
              </span>
            </span>
            <button
              type="button"
              role="switch"
              className="own-switch"
              aria-checked={row.consent}
              aria-label={t(`scope.${row.scope}`)}
              onClick={() => setChosen(row)}
            />
          </li>
        ))}
      </ul>
      {chosen && <ConsentDialog row={chosen} text={text} onClose={() => setChosen(undefined)} />}
    </section>
  )
}

function Standing({ row }: { row: Authorisation }) {
  const { t } = useTranslation('rights')
  if (row.since === null) return <>{t('unanswered')}</>
  return (
    <>
      {t(row.consent ? 'consent' : 'noConsent')} {t('sinceDay', { day: beijingDay(row.since) })}{' '}
      {row.way === 'paper' && t('paper')}
    </>
  )
}

function ConsentDialog({ row, text, onClose }: { row: Authorisation; text: Localized; onClose(): void }) {
  const { t } = useTranslation('rights')
  const common = useTranslation().t
  const read = useText()
  const queries = useQueryClient()
  const scope = t(`scope.${row.scope}`)
  const change = useMutation({
    mutationFn: () => api.ownRecord.authorise({ scopes: [row.scope], consent: !row.consent }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['own-record'] })
      onClose()
    },
  })
  return (
    <Modal
      open
      title={row.consent ? t('withdrawTitle', { scope }) : t('consentTitle', { scope })}
      okText={row.consent ? t('withdraw') : t('agree')}
      cancelText={common('cancel')}
      okButtonProps={{ loading: change.isPending }}
      onOk={() => change.mutate()}
      onCancel={onClose}
    >
      <p>{row.consent ? t('withdrawText') : read(text).replace('{items}', scope)}</p>
      <Failed of={change} />
    </Modal>
  )
}
