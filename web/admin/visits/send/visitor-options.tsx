import { useTranslation } from 'react-i18next'
import type { api } from '#web/api/client.ts'

type Visitors = Awaited<ReturnType<typeof api.visits.visitors>>

/** People who may be sent, each with what they have to do this week. */
export function useVisitorOptions(found: Visitors | undefined) {
  const { t } = useTranslation('visits')
  const common = useTranslation().t
  return found?.visitors.map(({ id, name, role, knows, planned }) => ({
    value: id,
    label: (
      <span className="visitor-option">
        <span>
          {name} <span className="muted">{common(`role.${role as 'village'}`)}</span>
        </span>
        <span className="muted">
          {knows && `${t('assignKnows')} · `}
          {t('assignLoad', { planned, weekly: found.weekly })}
        </span>
      </span>
    ),
  }))
}
