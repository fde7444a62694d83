import { Button, Checkbox } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Sheet } from './mapping.ts'

export type Doubtful = Sheet['guesses'][number]['doubtful'][number]

interface DoubtfulColumnsProps {
  doubtful: readonly Doubtful[]
  leftOut: ReadonlySet<string>
  nameColumn: (key: string) => string
  /** The column is the one it looks like. */
  onTake: (key: string, header: string) => void
  onLeaveOut: (header: string, out: boolean) => void
}

/** Columns that look like something needed: each is taken, or declared not needed; none is dropped in silence. */
export function DoubtfulColumns({ doubtful, leftOut, nameColumn, onTake, onLeaveOut }: DoubtfulColumnsProps) {
  const { t } = useTranslation('intake')
  if (doubtful.length === 0) return null
  return (
    <fieldset className="notice warn doubtful">
      <legend>{t('doubtful.title', { n: doubtful.length })}</legend>
      <p>{t('doubtful.hint')}</p>
      <ul>
        {doubtful.map(({ header, like }) => (
          <li key={header}>
            <span>
              {like === null
                ? t('doubtful.money', { header })
                : t('doubtful.like', { header, column: nameColumn(like) })}
            </span>
            {like !== null && !leftOut.has(header) && (
              <Button size="small" onClick={() => onTake(like, header)}>
                {t('doubtful.take', { column: nameColumn(like) })}
              </Button>
            )}
            <Checkbox
              checked={leftOut.has(header)}
              onChange={(event) => onLeaveOut(header, event.target.checked)}
            >
              {t('doubtful.leaveOut', { header })}
            </Checkbox>
          </li>
        ))}
      </ul>
    </fieldset>
  )
}
