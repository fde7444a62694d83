import { useTranslation } from 'react-i18next'
import type { Unknown } from '#contract/registry/unknown.ts'
import { useText } from './use-text.ts'

/** Puts into words why a figure is unknown or a rule cannot be judged. */
export function useUnknown(): (one: Unknown) => string {
  const { t } = useTranslation()
  const text = useText()
  return ({ why, what: named, on, days, year, lastYear }) => {
    const what = text(named)
    switch (why) {
      case 'never':
        if (year === null) return t('unknownWhy.never', { what })
        return lastYear === null
          ? t('unknownWhy.neverOfYear', { what, year })
          : t('unknownWhy.neverOfYearSince', { what, year, lastYear })
      case 'late':
        return on === null ? t('unknownWhy.lateNever', { what }) : t('unknownWhy.late', { what, on })
      case 'open':
        return t('unknownWhy.open', { what, on, days, year: on?.slice(0, 4) })
      default:
        return t(`unknownWhy.${why}`, { what, on, days })
    }
  }
}
