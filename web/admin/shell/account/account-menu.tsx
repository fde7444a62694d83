import { ApiOutlined, IdcardOutlined, LogoutOutlined } from '@ant-design/icons'
import { Link, useRouter } from '@tanstack/react-router'
import { App, Dropdown } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Me } from '#contract/access/session.ts'
import { signOut } from '#web/api/sign-in.ts'
import { useErrorText } from '#web/ui/page/states.tsx'
import { AccountFace } from './account-face.tsx'

/** What the name of who is signed in opens; it is open as soon as it is there. */
export function AccountMenu({ me }: { me: Me }) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(true)
  const router = useRouter()
  const { message } = App.useApp()
  const errorText = useErrorText()
  const leave = async () => {
    try {
      await signOut()
    } catch (error) {
      // Still signed in: saying so matters on a computer that others use.
      const { what, todo } = errorText(error)
      message.error(`${what} ${todo}`)
      return
    }
    await router.navigate({ to: '/sign-in', search: { why: 'out' } })
  }
  const items = [
    {
      key: 'me',
      icon: <IdcardOutlined />,
      label: (
        <Link to="/me">
          {t('nav.me')} <span className="muted">{t(`role.${me.role}`)}</span>
        </Link>
      ),
    },
    // For those who write programs of an office's own, none of whom is a household.
    ...(me.role === 'household'
      ? []
      : [{ key: 'api', icon: <ApiOutlined />, label: <a href="/api/docs/">{t('apiDocs')}</a> }]),
    { key: 'out', label: t('signOut'), icon: <LogoutOutlined />, onClick: leave },
  ]
  return (
    <Dropdown menu={{ items }} trigger={['click']} open={open} onOpenChange={setOpen}>
      <AccountFace me={me} autoFocus />
    </Dropdown>
  )
}
