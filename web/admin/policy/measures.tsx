import { useTranslation } from 'react-i18next'
import type { Policy } from '#contract/feeds/policy.ts'
import { TableExport } from '#web/ui/files/table-export.tsx'
import { useText } from '#web/ui/words/use-text.ts'
import { SourceLine } from './source-line.tsx'

const kinds = ['development', 'guarantee', 'other'] as const

/** What kinds of help there are, and which of them a plan must have against a cause. */
export function Measures({ measures, policy }: { measures: Policy['measures']; policy: Policy }) {
  const { t } = useTranslation('policy')
  const text = useText()
  const nameOf = (id: string) => policy.measures.types.find((type) => type.id === id)?.name
  const causeOf = (id: string) => policy.causes.find((cause) => cause.id === id)?.name
  return (
    <section aria-labelledby="measures">
      <h2 id="measures">{t('measuresTitle')}</h2>
      <p className="muted">{t('measuresLead')}</p>
      {measures.causes.length > 0 && (
        <div className="panel parameter-group">
          <h3>{t('measure.byCause')}</h3>
          <TableExport title={t('measure.byCause')} of="measures-by-cause" />
          <table id="measures-by-cause" className="parameters prose">
            <caption className="visually-hidden">{t('measure.byCause')}</caption>
            <thead>
              <tr>
                <th scope="col">{t('measure.cause')}</th>
                <th scope="col">{t('measure.types')}</th>
                <th scope="col">{t('source')}</th>
              </tr>
            </thead>
            <tbody>
              {measures.causes.map(({ cause, types, source }) => (
                <tr key={cause}>
                  <th scope="row">{text(causeOf(cause) ?? { zh: cause, en: cause })}</th>
                  <td>
                    {types.map((type) => text(nameOf(type) ?? { zh: type, en: type })).join(t('comma'))}
                  </td>
                  <td>
                    <SourceLine source={source} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {measures.types.length > 0 && (
        <div className="panel parameter-group">
          <h3>{t('measure.list')}</h3>
          <TableExport title={t('measure.list')} of="measures-list" />
          <table id="measures-list" className="parameters prose">
            <caption className="visually-hidden">{t('measure.list')}</caption>
            <thead>
              <tr>
                <th scope="col">{t('measure.type')}</th>
                <th scope="col">{t('measure.kind')}</th>
                <th scope="col">{t('measure.title')}</th>
              </tr>
            </thead>
            <tbody>
              {kinds
                .flatMap((kind) => measures.types.filter((type) => type.kind === kind))
                .map(({ id, name, kind, title }) => (
                  <tr key={id}>
                    <th scope="row">{text(name)}</th>
                    <td>{t(`measure.kinds.${kind}`)}</td>
                    <td>{text(title)}</td>
                  </tr>
                ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  )
}
