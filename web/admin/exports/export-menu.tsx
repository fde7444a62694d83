import { Button, Dropdown } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ExportFilter, ExportKind } from '#contract/protection/exports.ts'
import { useNames } from '../shell/brought.ts'
import { type FileFormat, fileFormats } from './export-address.ts'
import { RequestExport } from './request-export.tsx'

interface ExportMenuProps {
  kinds: readonly ExportKind[]
  filter: ExportFilter
  rows: number | undefined
}

interface Chosen {
  kind: ExportKind
  format: FileFormat
}

/** The forms a list leaves in; each is requested with what it is for. */
export function ExportMenu({ kinds, filter, rows }: ExportMenuProps) {
  const { t } = useTranslation()
  const nameOf = useNames('exportNames')
  const [chosen, setChosen] = useState<Chosen>()
  const itemsOf = (kind: ExportKind) =>
    fileFormats.map((format) => ({
      key: `${kind}-${format}`,
      label: t(`export.${format}`),
      onClick: () => setChosen({ kind, format }),
    }))
  const [first = ''] = kinds
  const items =
    kinds.length === 1
      ? itemsOf(first)
      : kinds.map((kind) => ({
          key: kind,
          type: 'group' as const,
          label: nameOf(kind) ?? kind,
          children: itemsOf(kind),
        }))
  return (
    <>
      <Dropdown menu={{ items }} trigger={['click']}>
        <Button>{t('export.title')} ▾</Button>
      </Dropdown>
      {chosen && (
        <RequestExport
          kind={chosen.kind}
          format={chosen.format}
          filter={filter}
          rows={chosen.kind === first ? rows : undefined}
          onClose={() => setChosen(undefined)}
        />
      )}
    </>
  )
}
