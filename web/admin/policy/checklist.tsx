import { useTranslation } from 'react-i18next'
import type { Policy } from '#contract/feeds/policy.ts'
import { TableExport } from '#web/ui/files/table-export.tsx'
import { useText } from '#web/ui/words/use-text.ts'
import { SourceLine } from './source-line.tsx'

/** What is compared before somebody is identified, what must be explained, and what the household must have agreed to. */
export function Checklist({ items }: { items: Policy['checklist'] }) {
  const { t } = useTranslation('policy')
  const text = useText()
  return (
    <section aria-labelledby="checklist">
      <h2 id="checklist">{t('checklistTitle')}</h2>
      <p className="muted">{t('checklistLead')}</p>
      <div className="panel parameter-group">
        <TableExport title={t('checklistTitle')} of="checklist-table" />
        <table id="checklist-table" className="parameters prose">
          <caption className="visually-hidden">{t('checklistTitle')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('item.title')}</th>
              <th scope="col">{t('item.explain')}</th>
              <th scope="col">{t('item.scope')}</th>
              <th scope="col">{t('source')}</th>
            </tr>
          </thead>
          <tbody>
            {items.map(({ id, title, explain, scope, effect, source }) => (
              <tr key={id}>
                <th scope="row">
                  <span className="rule-id">{id}</span> {text(title)}
                  {effect === 'veto' && <span className="when">{t('item.veto')}</span>}
                </th>
                <td>{text(explain)}</td>
                <td>{t(`item.scopes.${scope ?? 'none'}`)}</td>
                <td>
                  <SourceLine source={source} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}
