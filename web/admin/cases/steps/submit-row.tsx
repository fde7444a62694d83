import { Button } from 'antd'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'

interface SubmitRowProps {
  label: string
  busy: boolean
  /** What is still to be filled in. */
  lacking?: readonly string[]
  /** Conditions that do not hold; the list above says which. */
  failing?: number
  danger?: boolean
  onClick?(): void
}

/** The button that does the step; where it cannot be pressed, what is lacking stands beside it. */
export function SubmitRow({
  label,
  busy,
  lacking = [],
  failing = 0,
  danger = false,
  onClick,
}: SubmitRowProps) {
  const { t } = useTranslation('cases')
  const common = useTranslation().t
  const id = useId()
  const why =
    failing > 0
      ? t('form.failing', { count: failing })
      : lacking.length > 0
        ? t('form.lacking', { what: lacking.join(common('may.separator')) })
        : ''
  return (
    <div className="submit-row">
      <Button
        type="primary"
        htmlType={onClick ? 'button' : 'submit'}
        danger={danger && why === ''}
        loading={busy}
        className={why ? 'may-not' : ''}
        aria-disabled={why !== ''}
        aria-describedby={id}
        onClick={(event) => (why ? event.preventDefault() : onClick?.())}
      >
        {label}
      </Button>
      <span id={id} className="muted">
        {why}
      </span>
    </div>
  )
}
