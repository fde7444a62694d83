import { Link, Outlet } from '@tanstack/react-router'
import { Button, ConfigProvider, Tag } from 'antd'
import { Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Me } from '#contract/access/session.ts'
import { useMe } from '#web/api/session.ts'
import { chooseLanguage } from '#web/locales/i18n.ts'
import { languages } from '#web/locales/language.ts'
import { lazyPart } from '#web/ui/page/lazy-part.ts'
import { AccountFace } from './account/account-face.tsx'
import { SessionWatch } from './account/session-watch.tsx'
import { Bell } from './bell/bell.tsx'
import { FindButton } from './find/find-button.tsx'
import { startPage } from './menu.ts'
import { Navigation } from './navigation.tsx'
import { PageState } from './page-state.tsx'

export function Layout() {
  const { t } = useTranslation()
  const me = useMe()
  const isHousehold = me.role === 'household'
  const shell = (
    <div className={isHousehold ? 'shell for-household' : 'shell'}>
      <a className="skip-link" href="#main">
        {t('skipToContent')}
      </a>
      <header className="shell-header">
        <Link to={startPage(me)} className="shell-brand" aria-label={t('product')}>
          <Mark />
          <span className="hide-narrow">{t('product')}</span>
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
          {/* A household looks at its own record and nothing else. */}
          {!isHousehold && <FindButton me={me} />}
          {!isHousehold && <Bell />}
          <LanguageButton />
          <AccountButton me={me} />
        </div>
      </header>
      <Navigation me={me} />
      <main id="main" className="shell-main" tabIndex={-1}>
        <Outlet />
      </main>
      <SessionWatch me={me} />
      <PageState />
    </div>
  )
  return isHousehold ? <ConfigProvider theme={householdTheme}>{shell}</ConfigProvider> : shell
}

/** Parts and dialogs of those pages, in letters and targets of the same size. */
const householdTheme = {
  token: {
    ...{ fontSize: 18, fontSizeSM: 18, fontSizeLG: 20, fontSizeIcon: 18 },
    ...{ controlHeight: 48, controlHeightSM: 48, controlHeightLG: 52 },
  },
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

const loadMenu = () => import('./account/account-menu.tsx')
const AccountMenu = lazyPart(loadMenu, 'AccountMenu')

/** One's name; what it opens is loaded when somebody reaches for it. */
function AccountButton({ me }: { me: Me }) {
  const [wanted, setWanted] = useState(false)
  const face = (
    <AccountFace me={me} onPointerEnter={loadMenu} onFocus={loadMenu} onClick={() => setWanted(true)} />
  )
  return wanted ? (
    <Suspense fallback={face}>
      <AccountMenu me={me} />
    </Suspense>
  ) : (
    face
  )
}
