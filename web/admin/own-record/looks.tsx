import { useTranslation } from 'react-i18next'
import type { z } from 'zod'
import type { Look } from '#contract/protection/own-record.ts'
import { formatInstant } from '#web/ui/words/format.ts'

type LookRow = z.infer<typeof Look>

/** Who looked, when and what for. */
export function Looks({ rows }: { rows: LookRow[] }) {
  const { t } = useTranslation('rights')
  const common = useTranslation().t
  const secrets = useTranslation('secrets').t
  const { i18n } = useTranslation()
  // Purposes of a reveal are chosen from a list; those of an export are written.
  const purposeOf = (purpose: string) =>
    i18n.exists(`secrets:purposes.${purpose}`) ? secrets(`purposes.${purpose as 'contact'}`) : purpose
  const what = (action: string) => {
    if (action.startsWith('secrets.')) return t('lookedAt.reveal')
    if (action.startsWith('exports.')) return t('lookedAt.export')
    return action.startsWith('breakGlass.') ? t('lookedAt.breakGlass') : t('looked')
  }
  return (
    <section className="panel">
      <h2>{t('looks')}</h2>
      <p className="muted">{rows.length === 0 ? t('noLooks') : t('looksText')}</p>
      <ul className="own-looks">
        {rows.map((row) => (
          <li key={`${row.at}-${row.action}`}>
            <span className="muted">{formatInstant(row.at)}</span>{' '}
            {t('look', {
              role: common(`role.${row.who.role as 'clerk'}`),
              name: row.who.name,
              area: row.who.area?.name ?? '–',
              action: what(row.action),
            })}
            {row.purpose && <span className="sub">{purposeOf(row.purpose)}</span>}
          </li>
        ))}
      </ul>
    </section>
  )
}
