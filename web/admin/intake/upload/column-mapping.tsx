import { Button, Checkbox, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ColumnMapping, Feed } from '#contract/feeds/feeds.ts'
import { useText } from '#web/ui/words/use-text.ts'
import {
  assign,
  type MappedColumn,
  mapColumns,
  missingRequired,
  type Sheet,
  unusedHeaders,
} from './mapping.ts'

interface ColumnMappingEditorProps {
  feed: Feed
  sheet: Sheet
  mapping: ColumnMapping
  save: boolean
  onMapping: (mapping: ColumnMapping) => void
  onSave: (save: boolean) => void
}

/** Which column of the file fills which column of the feed; what was not recognised can be chosen. */
export function ColumnMappingEditor({
  feed,
  sheet,
  mapping,
  save,
  onMapping,
  onSave,
}: ColumnMappingEditorProps) {
  const { t } = useTranslation('intake')
  const text = useText()
  const [all, setAll] = useState(false)
  const columns = mapColumns(feed, sheet, mapping)
  const required = columns.filter(({ column }) => column.required)
  const missing = missingRequired(columns)
  const found = columns.filter(({ header }) => header !== undefined)
  const shown = all
    ? columns
    : columns.filter(({ column, header }) => column.required || header !== undefined)
  const unused = unusedHeaders(sheet, mapping)
  return (
    <section className="check-part">
      <h3>{t('check.columns')}</h3>
      <p className="muted">
        {t('check.columnsFound', {
          required: required.length,
          found: required.length - missing.length,
          optional: found.length - (required.length - missing.length),
        })}{' '}
        {t('check.columnsHint')}
      </p>
      {missing.length > 0 && (
        <div className="notice warn" role="alert">
          <strong>{t('check.missing', { n: missing.length })}</strong>
          <p>
            {t('check.missingHint', { columns: missing.map(({ column }) => text(column.label)).join(', ') })}
          </p>
        </div>
      )}
      <table className="mapping">
        <thead>
          <tr>
            <th scope="col">{t('check.needed')}</th>
            <th scope="col">{t('check.inFile')}</th>
            <th scope="col">{t('check.sample')}</th>
          </tr>
        </thead>
        <tbody>
          {shown.map((mapped) => (
            <MappingRow
              key={mapped.column.key}
              mapped={mapped}
              headers={sheet.headers}
              onChoose={(header) => onMapping(assign(mapping, mapped.column.key, header))}
            />
          ))}
        </tbody>
      </table>
      {columns.length > shown.length || all ? (
        <Button type="link" className="flush" onClick={() => setAll(!all)}>
          {all ? t('check.showFound') : t('check.showAll', { n: columns.length })}
        </Button>
      ) : null}
      <p>
        <Checkbox checked={save} onChange={(event) => onSave(event.target.checked)}>
          {t('check.saveMapping')}
        </Checkbox>
      </p>
      {unused.length > 0 && (
        <div className="unused-headers">
          <h4>{t('check.unknown', { n: unused.length })}</h4>
          <ul>
            {unused.map((header) => (
              <li key={header}>{header}</li>
            ))}
          </ul>
          <p className="muted">{t('check.unknownHint')}</p>
        </div>
      )}
    </section>
  )
}

interface MappingRowProps {
  mapped: MappedColumn
  headers: readonly string[]
  onChoose: (header: string | undefined) => void
}

function MappingRow({ mapped: { column, header, sample }, headers, onChoose }: MappingRowProps) {
  const { t } = useTranslation('intake')
  const name = useText()(column.label)
  const options = [...new Set(headers)].filter((one) => one !== '').map((one) => ({ value: one, label: one }))
  return (
    <tr className={column.required && header === undefined ? 'missing' : undefined}>
      <th scope="row">
        {name}
        {column.required && <span className="required">{t('check.required')}</span>}
      </th>
      <td>
        <Select
          aria-label={t('check.pick', { column: name })}
          className="mapping-select"
          placeholder={t('check.none')}
          status={column.required && header === undefined ? 'error' : undefined}
          showSearch
          allowClear
          value={header}
          options={options}
          onChange={(chosen?: string) => onChoose(chosen)}
        />
      </td>
      <td className="sample">{sample}</td>
    </tr>
  )
}
