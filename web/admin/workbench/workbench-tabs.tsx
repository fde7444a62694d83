import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useMay } from '#web/api/session.ts'
import './workbench.css'

/** From one's own work to the overdue work of the area and back; who has only one of them sees no tabs. */
export function WorkbenchTabs() {
  const { t } = useTranslation('workbench')
  const [bench, ladder] = [useMay('workbench.read'), useMay('overview.read')]
  if (!bench || !ladder) return null
  const active = {
    activeOptions: { exact: true, includeSearch: false },
    activeProps: { className: 'active' },
  }
  return (
    <nav className="bench-tabs" aria-label={t('tabs')}>
      <Link to="/workbench" {...active}>
        {t('tabMine')}
      </Link>
      <Link to="/workbench/ladder" {...active}>
        {t('tabLadder')}
      </Link>
    </nav>
  )
}
