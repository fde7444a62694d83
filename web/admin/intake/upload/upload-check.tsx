import { useMutation, useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { Button, Checkbox, Collapse, Segmented, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { BatchState, ColumnMapping, Feed, Upload } from '#contract/feeds/feeds.ts'
import { api, queryClient } from '#web/api/client.ts'
import { formatBytes, formatInstant } from '#web/ui/words/format.ts'
import { useText } from '#web/ui/words/use-text.ts'
import { type Settings, SettingsForm } from '../batch/batch-settings.tsx'
import { ProblemBox, problemOf } from '../problem-box.tsx'
import { feedsQuery } from '../queries.ts'
import { ColumnMappingEditor } from './column-mapping.tsx'

import { type Doubtful, DoubtfulColumns } from './doubtful-columns.tsx'
import {
  alikeSheets,
  assign,
  bestGuess,
  mapColumns,
  mappingFor,
  missingRequired,
  openDoubts,
  type Sheet,
} from './mapping.ts'

import { PreviewTable } from './preview-table.tsx'
import { SheetAmounts } from './sheet-amounts.tsx'

/** What the platform understood of a file, to be looked over and mended before it is compared. */
export function UploadCheck({ upload }: { upload: Upload }) {
  const { t } = useTranslation('intake')
  const { data: feeds } = useQuery(feedsQuery)
  const [sheetName, setSheetName] = useState(upload.sheets[0]?.name)
  const sheet = upload.sheets.find(({ name }) => name === sheetName)
  if (!sheet || !feeds) return null
  return (
    <section className="panel upload-check" aria-labelledby="upload-check-title">
      <div className="check-head">
        <h2 id="upload-check-title">{t('check.title')}</h2>
        <FileStrip upload={upload} sheet={sheet} />
      </div>
      {upload.sameAs && <SameFile sameAs={upload.sameAs} />}
      {upload.sheets.length > 1 && (
        <div className="check-part">
          <h3>{t('check.sheet')}</h3>
          <p className="muted">{t('check.sheetHint', { n: upload.sheets.length })}</p>
          <Segmented
            className="sheets"
            value={sheet.name}
            options={upload.sheets.map(({ name }) => name)}
            onChange={setSheetName}
          />
        </div>
      )}
      <SheetCheck key={sheet.name} upload={upload} sheet={sheet} feeds={feeds} />
    </section>
  )
}

function FileStrip({ upload, sheet }: { upload: Upload; sheet: Sheet }) {
  const { t, i18n } = useTranslation('intake')
  const { encoding } = upload
  const encodingName =
    encoding && i18n.exists(`intake:check.encodings.${encoding}`)
      ? t(`check.encodings.${encoding as 'utf-8'}`)
      : encoding
  return (
    <p className="file-strip">
      <strong>{upload.fileName}</strong>
      <span>{formatBytes(upload.size)}</span>
      <span>{t(`check.formats.${upload.format}`)}</span>
      {encodingName && <span>{encodingName}</span>}
      <span>{t('check.headerRow', { row: sheet.headerRow })}</span>
    </p>
  )
}

function SameFile({ sameAs }: { sameAs: NonNullable<Upload['sameAs']> }) {
  const { t } = useTranslation('intake')
  const date = formatInstant(sameAs.receivedAt)
  const stored = sameAs.state === 'merged' || sameAs.state === 'unchanged'
  return (
    <div className="notice" role="status">
      <strong>{t('check.sameTitle')}</strong>
      <p>
        {stored
          ? t('check.sameMerged', { date })
          : t('check.sameOther', { date, state: t(`state.${sameAs.state as BatchState}`) })}{' '}
        <Link to="/intake/$ref" params={{ ref: sameAs.batch }}>
          {t('check.sameOpen')}
        </Link>
      </p>
    </div>
  )
}

function SheetCheck({ upload, sheet, feeds }: { upload: Upload; sheet: Sheet; feeds: readonly Feed[] }) {
  const { t } = useTranslation('intake')
  const text = useText()
  const navigate = useNavigate()
  const best = bestGuess(sheet)
  const [code, setCode] = useState(best?.guess.feed)
  const [mapping, setMapping] = useState<ColumnMapping>(best?.guess.mapping ?? {})
  const [save, setSave] = useState(false)
  const [leftOut, setLeftOut] = useState<ReadonlySet<string>>(new Set())
  const [furtherDoubts, setFurtherDoubts] = useState<readonly Doubtful[]>([])
  const [settings, setSettings] = useState<Settings>({})
  const alike = alikeSheets(upload, sheet, mapping)
  const [apart, setApart] = useState<readonly string[]>(() =>
    upload.sheets.filter(({ hidden }) => hidden).map(({ name }) => name),
  )
  const taken = upload.sheets
    .map(({ name }) => name)
    .filter((name) => name === sheet.name || (alike.includes(name) && !apart.includes(name)))
  const feed = feeds.find((one) => one.code === code)
  const guess = sheet.guesses.find((one) => one.feed === code)
  const doubtful = openDoubts([...(guess?.doubtful ?? []), ...furtherDoubts], mapping)
  const missing = feed ? missingRequired(mapColumns(feed, sheet, mapping)) : []

  const create = useMutation({
    mutationFn: (chosen: Feed) =>
      api.batches.create({
        upload: upload.upload,
        feed: chosen.code,
        sheets: taken,
        mapping,
        leaveOut: [...leftOut],
        saveMapping: save,
        ...settings,
      }),
    // For a kind of data that was not guessed the server asks only now.
    onError: (error) => {
      const { code: failure, details } = problemOf(error)
      if (failure === 'columns-doubtful') setFurtherDoubts(details.columns as Doubtful[])
    },
    onSuccess: async ({ ref }) => {
      queryClient.invalidateQueries({ queryKey: ['batches'] })
      await navigate({ to: '/intake/$ref', params: { ref } })
    },
  })
  function chooseFeed(next: string) {
    setCode(next)
    setMapping(mappingFor(sheet, next))
    setFurtherDoubts([])
    setLeftOut(new Set())
    setSettings({ ...settings, corrects: undefined })
  }
  const hasAmounts = feed?.columns.some(({ key, type }) => type === 'money' && key in mapping)
  const blocked = !feed
    ? t('check.startNoFeed')
    : missing.length > 0
      ? t('check.startMissing')
      : doubtful.some(({ header }) => !leftOut.has(header))
        ? t('check.startDoubtful')
        : sheet.unitProblem && hasAmounts
          ? t('check.startUnit')
          : undefined
  function leaveOut(header: string, out: boolean) {
    const next = new Set(leftOut)
    if (out) next.add(header)
    else next.delete(header)
    setLeftOut(next)
  }
  const nameColumn = (key: string) => {
    const column = feed?.columns.find((one) => one.key === key)
    return column ? text(column.label) : key
  }
  return (
    <>
      <FeedChooser sheet={sheet} feeds={feeds} feed={feed} onChoose={chooseFeed} />
      {feed && (
        <ColumnMappingEditor
          feed={feed}
          sheet={sheet}
          mapping={mapping}
          save={save}
          onMapping={setMapping}
          onSave={setSave}
        />
      )}
      {feed && (
        <DoubtfulColumns
          doubtful={doubtful}
          leftOut={leftOut}
          nameColumn={nameColumn}
          onTake={(key, header) => setMapping(assign(mapping, key, header))}
          onLeaveOut={leaveOut}
        />
      )}
      {feed && <SheetAmounts feed={feed} sheet={sheet} mapping={mapping} />}
      {alike.length > 0 && (
        <div className="check-part">
          <h3>{t('check.alike')}</h3>
          <p className="muted">{t('check.alikeHint')}</p>
          <Checkbox.Group
            aria-label={t('check.alike')}
            options={alike}
            value={alike.filter((name) => !apart.includes(name))}
            onChange={(chosen) => setApart(alike.filter((name) => !chosen.includes(name)))}
          />
        </div>
      )}
      <div className="check-part">
        <h3>{t('check.preview', { n: sheet.preview.length })}</h3>
        <p className="muted">{t('check.previewHint')}</p>
        <PreviewTable sheet={sheet} used={new Set(Object.values(mapping))} />
      </div>
      {feed && (
        <Collapse
          ghost
          className="check-part settings-fold"
          items={[
            {
              key: 'settings',
              label: t('check.details'),
              children: <SettingsForm feed={feed.code} value={settings} onChange={setSettings} />,
            },
          ]}
        />
      )}
      {create.error && (
        <ProblemBox
          title={t('problem.createTitle')}
          problem={problemOf(create.error)}
          nameColumn={nameColumn}
        />
      )}
      <div className="start">
        <p id="start-effect" className={blocked ? 'blocked' : 'muted'}>
          {blocked ?? (feed && t('check.effect', { sheet: taken.join('、'), feed: text(feed.name) }))}
        </p>
        <Button
          type="primary"
          size="large"
          disabled={blocked !== undefined}
          loading={create.isPending}
          aria-describedby="start-effect"
          onClick={() => feed && create.mutate(feed)}
        >
          {t('check.start')}
        </Button>
      </div>
    </>
  )
}

interface FeedChooserProps {
  sheet: Sheet
  feeds: readonly Feed[]
  feed: Feed | undefined
  onChoose: (code: string) => void
}

function FeedChooser({ sheet, feeds, feed, onChoose }: FeedChooserProps) {
  const { t } = useTranslation('intake')
  const text = useText()
  const guess = sheet.guesses.find((one) => one.feed === feed?.code)
  const figures = guess && feed && { found: Object.keys(guess.mapping).length, all: feed.columns.length }
  function hint() {
    if (!feed) return t('check.feedNone')
    if (guess?.saved) return t('check.savedMapping')
    if (!figures || !guess) return ''
    return guess.missingRequired.length === 0 ? t('check.feedFound', figures) : t('check.feedUnsure', figures)
  }
  return (
    <div className="check-part">
      <h3>{t('check.feed')}</h3>
      <Select
        aria-label={t('check.feed')}
        className="feed-select"
        placeholder={t('check.feedPlaceholder')}
        value={feed?.code}
        options={feeds.map(({ code, name }) => ({ value: code, label: text(name) }))}
        onChange={onChoose}
      />
      <span className="feed-hint muted" role="status">
        {hint()}
      </span>
    </div>
  )
}
