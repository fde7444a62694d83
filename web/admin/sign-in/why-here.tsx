import { Alert } from 'antd'
import { useTranslation } from 'react-i18next'
import type { z } from 'zod'
import type { SignInSearch } from './search.ts'

type Search = z.infer<typeof SignInSearch>

/** Why somebody finds the sign-in page instead of what they were at. */
export function WhyHere({ why, error }: Pick<Search, 'why' | 'error'>) {
  const { t } = useTranslation('signIn')
  if (error) {
    return (
      <div className="error-box sign-in-failure" role="alert">
        <strong>{t(`failed.${error}.what`)}</strong>
        <p>{t(`failed.${error}.todo`)}</p>
      </div>
    )
  }
  if (!why) return null
  return <Alert role="status" type="info" showIcon style={{ marginBottom: 16 }} title={t(`why.${why}`)} />
}
