import {
  AlertOutlined,
  AuditOutlined,
  GlobalOutlined,
  HomeOutlined,
  LogoutOutlined,
  MergeCellsOutlined,
  ReadOutlined,
  UserOutlined,
} from '@ant-design/icons'
import { Link, Outlet, useRouter } from '@tanstack/react-router'
import { Button, Dropdown, Tag, Tooltip } from 'antd'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { type Capability, may } from '#contract/capabilities.ts'
import type { Me } from '#contract/session.ts'
import { signOut, useMe } from '#web/api/session.ts'
import { chooseLanguage, languages } from '#web/locales/i18n.ts'

const pages = [
  { to: '/overview', key: 'overview', capability: 'overview.read', icon: <GlobalOutlined /> },
  { to: '/clues', key: 'clues', capability: 'clue.read', icon: <AlertOutlined /> },
  { to: '/households', key: 'households', capability: 'household.read', icon: <HomeOutlined /> },
  { to: '/intake', key: 'intake', capability: 'batch.read', icon: <MergeCellsOutlined /> },
  { to: '/policy', key: 'policy', capability: 'policy.read', icon: <ReadOutlined /> },
] as const satisfies { to: string; key: string; capability: Capability; icon: ReactNode }[]

/** Where an account lands: a department sends files, everyone else looks at the risk. */
export function homeOf(me: Me): '/overview' | '/intake' {
  return may(me.role, 'overview.read') ? '/overview' : '/intake'
}

export function Layout() {
  const { t } = useTranslation()
  const me = useMe()
  return (
    <div className="shell">
      <a className="skip-link" href="#main">
        {t('skipToContent')}
      </a>
      <header className="shell-header">
        <Link to={homeOf(me)} className="shell-brand">
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
      <nav className="shell-nav" aria-label={t('menu')}>
        <ul className="nav-list">
          {pages.map((page) => (
            <li key={page.key}>
              {may(me.role, page.capability) ? (
                <Link
                  to={page.to}
                  className="nav-item"
                  activeProps={{ className: 'active' }}
                  activeOptions={{ exact: false, includeSearch: false }}
                >
                  {page.icon}
                  {t(`nav.${page.key}`)}
                </Link>
              ) : (
                <Tooltip
                  title={t('nav.notAllowed')}
                  trigger={['hover', 'focus', 'click']}
                  placement="topLeft"
                >
                  <button type="button" className="nav-item disabled" aria-disabled="true">
                    {page.icon}
                    {t(`nav.${page.key}`)}
                    <span className="visually-hidden">{t('nav.notAllowed')}</span>
                  </button>
                </Tooltip>
              )}
            </li>
          ))}
        </ul>
      </nav>
      <main id="main" className="shell-main" tabIndex={-1}>
        <Outlet />
      </main>
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
  const leave = async () => {
    await signOut()
    await router.navigate({ to: '/sign-in' })
  }
  const items = [
    { key: 'name', label: me.name, disabled: true, icon: <AuditOutlined /> },
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
