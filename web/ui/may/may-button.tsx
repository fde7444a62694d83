import { Button, type ButtonProps, Tooltip } from 'antd'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import type { Capability } from '#contract/access/capabilities.ts'
import { useMay } from '#web/api/session.ts'
import { useRolesWith } from './use-roles.ts'
import './may-button.css'

interface MayButtonProps extends ButtonProps {
  capability: Capability
  /** Why it cannot be done now although the role may: it is shown in the same way. */
  hindrance?: string | undefined
}

/** A button for what needs a capability; who has it not sees the button, cannot use it, and sees who can. */
export function MayButton({ capability, hindrance, ...button }: MayButtonProps) {
  const { t } = useTranslation()
  const rolesWith = useRolesWith()
  const id = useId()
  const reason = useMay(capability) ? hindrance : t('may.only', { roles: rolesWith(capability) })
  if (reason === undefined) return <Button {...button} />
  const { children, icon, size, type, danger, block, className } = button
  // Not the disabled attribute: the keyboard has to come to the reason.
  return (
    <>
      <Tooltip title={reason} trigger={['hover', 'focus', 'click']}>
        <Button
          {...{ icon, size, type, danger, block }}
          className={`may-not ${className ?? ''}`}
          aria-disabled="true"
          aria-describedby={id}
          onClick={(event) => event.preventDefault()}
        >
          {children}
        </Button>
      </Tooltip>
      <span id={id} className="visually-hidden">
        {reason}
      </span>
    </>
  )
}
