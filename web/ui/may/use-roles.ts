import { useTranslation } from 'react-i18next'
import { type Capability, capabilities } from '#contract/access/capabilities.ts'

/** Names the roles that have a capability, for the reason why somebody else has not. */
export function useRolesWith(): (capability: Capability) => string {
  const { t } = useTranslation()
  return (capability) => capabilities[capability].map((role) => t(`role.${role}`)).join(t('may.separator'))
}
