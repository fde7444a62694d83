import { Button, Dropdown } from 'antd'
import { useTranslation } from 'react-i18next'

const tables = ['risk-by-area', 'clues-by-state', 'classification-by-area', 'visits-by-area'] as const

/** Tables in the form of official reports, of the area on the page. */
export function StatisticsMenu({ area }: { area: number }) {
  const { t } = useTranslation('overview')
  const items = tables.map((table) => ({
    key: table,
    label: (
      <a href={`/api/statistics/${table}.xlsx?area=${area}`} download>
        {t(`statistics.${table}`)}
      </a>
    ),
  }))
  return (
    <Dropdown menu={{ items }} trigger={['click']}>
      <Button>{t('statistics.title')} ▾</Button>
    </Dropdown>
  )
}
