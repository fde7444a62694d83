import { useTranslation } from 'react-i18next'
import type { Cause } from '#contract/common.ts'

/** Why a household is at risk, in words; empty where nothing is known. */
export function useCauseNames(): (causes: readonly Cause[]) => string {
  const { t } = useTranslation()
  return (causes) => causes.map((cause) => t(`cause.${cause}`)).join(t('may.separator'))
}
