import { Tooltip } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Source } from '#contract/common.ts'
import { useText } from '#web/ui/words/use-text.ts'

/** Document, number and article, with the mark whether that text was checked. Articles are cited as they are written, in Chinese. */
export function SourceLine({ source }: { source: Source }) {
  const text = useText()
  const common = useTranslation().t
  return (
    <span className="source">
      <span>{text(source.document)}</span>
      {source.number && <span lang="zh-CN">{source.number}</span>}
      <span lang="zh-CN">{source.article}</span>
      <StatusMark status={source.status} />
      {source.sampleOf && <span>{common('sampleOf', { province: text(source.sampleOf) })}</span>}
    </span>
  )
}

export function StatusMark({ status }: { status: Source['status'] }) {
  const { t } = useTranslation('policy')
  return (
    <Tooltip title={t(`status.${status}Hint`)}>
      <span className={`status-mark ${status}`}>{t(`status.${status}`)}</span>
    </Tooltip>
  )
}
