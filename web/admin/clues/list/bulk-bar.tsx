import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { MayButton } from '#web/ui/may/may-button.tsx'

interface BulkBarProps {
  count: number
  onDispatch(): void
  onAssign(): void
  onClear(): void
}

/** What may be done with the clues that are chosen. */
export function BulkBar({ count, onDispatch, onAssign, onClear }: BulkBarProps) {
  const { t } = useTranslation('clues')
  const visits = useTranslation('visits').t
  const common = useTranslation().t
  return (
    <div className="bulk-bar no-print" role="status">
      <strong>{t('selected', { count })}</strong>
      <MayButton size="small" type="primary" capability="clue.dispatch" onClick={onDispatch}>
        {t('dispatchSelected')}
      </MayButton>
      <MayButton size="small" capability="visit.assign" onClick={onAssign}>
        {visits('assignSelected')}
      </MayButton>
      <Button size="small" type="text" onClick={onClear}>
        {common('cancel')}
      </Button>
    </div>
  )
}
