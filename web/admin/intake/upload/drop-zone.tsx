import { InboxOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Button, Progress, Select } from 'antd'
import { type DragEvent, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { formatBytes } from '#web/ui/words/format.ts'
import { useText } from '#web/ui/words/use-text.ts'
import { feedsQuery } from '../queries.ts'
import type { UploadProgress } from './upload-file.ts'

export interface Uploading extends UploadProgress {
  name: string
  cancel: () => void
}

/** Takes a file by drop or by button; shows how much of it has gone. `small` once a file is being checked below. */
export function DropZone({
  uploading,
  small,
  onFile,
}: {
  uploading: Uploading | undefined
  small: boolean
  onFile: (file: File) => void
}) {
  const { t } = useTranslation('intake')
  const [over, setOver] = useState(false)
  const [note, setNote] = useState('')
  const input = useRef<HTMLInputElement>(null)

  function take(files: FileList | null) {
    const file = files?.[0]
    if (!file) return
    setNote(files.length > 1 ? t('drop.one', { name: file.name }) : '')
    onFile(file)
  }
  function drop(event: DragEvent) {
    event.preventDefault()
    setOver(false)
    take(event.dataTransfer.files)
  }
  function dragOver(event: DragEvent) {
    event.preventDefault()
    setOver(true)
  }

  if (uploading) return <UploadBar uploading={uploading} />
  return (
    <section
      aria-label={t('drop.title')}
      className={`drop-zone${over ? ' over' : ''}${small ? ' small' : ''}`}
      onDragOver={dragOver}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <InboxOutlined className="drop-icon" aria-hidden="true" />
      <p className="drop-title">{over ? t('drop.release') : t('drop.title')}</p>
      <Button
        type={small ? 'default' : 'primary'}
        size={small ? 'middle' : 'large'}
        onClick={() => input.current?.click()}
      >
        {small ? t('drop.another') : t('drop.choose')}
      </Button>
      <input
        ref={input}
        type="file"
        hidden
        data-testid="intake-file"
        accept=".xlsx,.xlsm,.xls,.xlsb,.et,.ods,.fods,.csv,.txt,.dbf,.xml,.htm,.html,.mht"
        onChange={(event) => {
          take(event.target.files)
          // The same file chosen again must count as a choice.
          event.target.value = ''
        }}
      />
      {!small && <p className="drop-formats">{t('drop.formats')}</p>}
      {!small && <TemplateChoice />}
      {note && <p role="status">{note}</p>}
    </section>
  )
}

/** A workbook to fill in, for whoever begins without a file. */
function TemplateChoice() {
  const { t } = useTranslation('intake')
  const text = useText()
  const { data: feeds = [] } = useQuery(feedsQuery)
  return (
    <Select
      className="drop-template"
      aria-label={t('drop.template')}
      placeholder={t('drop.template')}
      value={null}
      options={feeds.map(({ code, name }) => ({ value: code, label: text(name) }))}
      onChange={(feed: string | null) => {
        if (feed) window.location.assign(`/api/feeds/${feed}/template.xlsx`)
      }}
    />
  )
}

function UploadBar({ uploading }: { uploading: Uploading }) {
  const { t } = useTranslation('intake')
  const { name, sent, size, cancel } = uploading
  const done = sent >= size
  return (
    <section className="drop-zone uploading" aria-label={t('drop.uploading', { name })}>
      <p className="drop-title">{t('drop.uploading', { name })}</p>
      <Progress
        percent={Math.floor((size === 0 ? 1 : sent / size) * 100)}
        status={done ? 'active' : 'normal'}
        aria-label={t('drop.uploading', { name })}
      />
      <p className="muted" role="status">
        {done
          ? t('drop.inspecting')
          : t('drop.uploaded', { sent: formatBytes(sent), size: formatBytes(size) })}
      </p>
      <Button onClick={cancel}>{t('drop.cancel')}</Button>
    </section>
  )
}
