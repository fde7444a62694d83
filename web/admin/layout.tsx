import { IdcardOutlined, LogoutOutlined, UserOutlined } from '@ant-design/icons'
import { Link, Outlet, useRouter } from '@tanstack/react-router'
import { App, Button, Dropdown, Tag } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Me } from '#contract/session.ts'
import { useMe } from '#web/api/session.ts'
import { signOut } from '#web/api/sign-in.ts'
import { chooseLanguage, languages } from '#web/locales/i18n.ts'
import { useErrorText } from '#web/ui/states.tsx'
import { Navigation } from './navigation.tsx'
import { SessionWatch } from './session-watch.tsx'
import { startPage } from './start-page.ts'

export function Layout() {
  const { t } = useTranslation()
  const me = useMe()
  return (
    <div className="shell">
      <a className="skip-link" href="#main">
        {t('skipToContent')}
      </a>
      <header className="shell-header">
        <Link to={startPage(me)} className="shell-brand">
          <Mark />
          {t('product')}
        </Link>
        <div className="shell-where">
          <strong>
            {me.area.name}
            {me.department && ` ${t(`department.${me.department as 'YB'}`)}`}
          </strong>
          <span className="muted">{t('asOf', { day: me.asOf })}</span>
          {me.demo && <Tag className="hide-narrow">{t('demo')}</Tag>}
        </div>
        <div className="shell-right">
          <LanguageButton />
          <AccountButton me={me} />
        </div>
      </header>
      <Navigation me={me} />
      <main id="main" className="shell-main" tabIndex={-1}>
        <Outlet />
      </main>
      <SessionWatch me={me} />
    </div>
  )
}

export function Mark({ size = 24 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="6" fill="#0f766e" />
      <path
        d="M6 17 16 8l10 9M9 15v9h14v-9"
        fill="none"
        stroke="#fff"
        strokeWidth="2.4"
        strokeLinejoin="round"
        strokeLinecap="round"
      />
      <circle cx="16" cy="18.5" r="2.6" fill="#fff" />
    </svg>
  )
}

export function LanguageButton() {
  const { t, i18n } = useTranslation()
  const other = languages.find((language) => language !== i18n.language) ?? 'en-US'
  const name = other === 'zh-CN' ? t('chinese') : t('english')
  return (
    <Button
      type="text"
      lang={other}
      onClick={() => chooseLanguage(other)}
      aria-label={`${t('language')}: ${name}`}
    >
      {name}
    </Button>
  )
}

function AccountButton({ me }: { me: Me }) {
  const { t } = useTranslation()
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
    { key: 'out', label: t('signOut'), icon: <LogoutOutlined />, onClick: leave },
  ]
  return (
    <Dropdown menu={{ items }} trigger={['click']}>
      <Button type="text" icon={<UserOutlined />} aria-label={me.name}>
        <span className="hide-narrow">{me.name}</span>
      </Button>
    </Dropdown>
  )
}
