import { useTranslation } from 'react-i18next'
import type { Policy } from '#contract/feeds/policy.ts'
import { TableExport } from '#web/ui/files/table-export.tsx'
import { useText } from '#web/ui/words/use-text.ts'
import { usesOf } from './search-policy.ts'

export function Documents({ documents, policy }: { documents: Policy['documents']; policy: Policy }) {
  const { t } = useTranslation('policy')
  const text = useText()
  return (
    <section aria-labelledby="documents">
      <h2 id="documents">{t('documentsTitle')}</h2>
      <p className="muted">{t('documentsLead')}</p>
      <div className="panel parameter-group">
        <TableExport title={t('documentsTitle')} of="documents-table" />
        <table id="documents-table" className="parameters">
          <caption className="visually-hidden">{t('documentsTitle')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('document.title')}</th>
              <th scope="col">{t('document.number')}</th>
              <th scope="col">{t('document.date')}</th>
              <th scope="col">{t('document.issuer')}</th>
              <th scope="col">{t('document.uses')}</th>
            </tr>
          </thead>
          <tbody>
            {documents.map((document) => (
              <tr key={document.id}>
                <th scope="row">{text(document.title)}</th>
                <td lang="zh-CN" className="nowrap">
                  {document.number ?? '–'}
                </td>
                <td className="nowrap">{document.date ?? '–'}</td>
                <td lang="zh-CN">{document.issuer}</td>
                <td>{t('document.used', usesOf(policy, document.title.zh))}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}
