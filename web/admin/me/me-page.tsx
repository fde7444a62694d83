import { useQuery } from '@tanstack/react-query'
import { App, Button, Modal } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Capability, capabilities, capabilitiesOf, may, reach } from '#contract/access/capabilities.ts'
import type { Me } from '#contract/access/session.ts'
import { signInOptionsQuery, useMe } from '#web/api/session.ts'
import { useRolesWith } from '#web/ui/may/use-roles.ts'
import { PageHeader } from '#web/ui/page/page-header.tsx'
import { PasswordForm } from '../credentials/index.ts'
import { SecondFactorPanel } from './second-factor-panel.tsx'
import { SessionsPanel } from './sessions-panel.tsx'
import './me.css'

export function MePage() {
  const { t } = useTranslation('me')
  const me = useMe()
  return (
    <>
      <PageHeader title={t('title')} note={me.name} />
      <div className="me-columns">
        <div>
          <WhoPanel me={me} />
          <MayPanel me={me} />
        </div>
        <div>
          <SessionsPanel />
          <PasswordPanel me={me} />
          <SecondFactorPanel me={me} />
        </div>
      </div>
    </>
  )
}

function WhoPanel({ me }: { me: Me }) {
  const { t } = useTranslation('me')
  const common = useTranslation().t
  return (
    <section className="panel" aria-labelledby="who-title">
      <h2 id="who-title">{t('who')}</h2>
      <dl className="facts-list">
        <dt>{t('username')}</dt>
        <dd>{me.username}</dd>
        <dt>{t('role')}</dt>
        <dd>{common(`role.${me.role}`)}</dd>
        <dt>{t('area')}</dt>
        <dd>{me.area.name}</dd>
        {me.department && (
          <>
            <dt>{t('department')}</dt>
            <dd>{common(`department.${me.department}`)}</dd>
          </>
        )}
      </dl>
    </section>
  )
}

/** The capability table in plain words: what one may do, and who does the rest. */
function MayPanel({ me }: { me: Me }) {
  const { t } = useTranslation('me')
  const rolesWith = useRolesWith()
  const mine = capabilitiesOf(me.role)
  const others = (Object.keys(capabilities) as Capability[]).filter((one) => !may(me.role, one))
  return (
    <section className="panel" aria-labelledby="may-title">
      <h2 id="may-title">{t('mayTitle')}</h2>
      <p className="muted">{t(`reach.${reach[me.role]}`, { area: me.area.name })}</p>
      {mine.length === 0 && <p>{t('mayNothing')}</p>}
      <ul className="may-list">
        {mine.map((one) => (
          <li key={one}>{t(`capability.${one}`)}</li>
        ))}
      </ul>
      <details className="may-others">
        <summary>{t('mayNot', { count: others.length })}</summary>
        <ul className="may-list">
          {others.map((one) => (
            <li key={one}>
              {t(`capability.${one}`)}{' '}
              <span className="muted">{t('mayRoles', { roles: rolesWith(one) })}</span>
            </li>
          ))}
        </ul>
      </details>
    </section>
  )
}

function PasswordPanel({ me }: { me: Me }) {
  const { t } = useTranslation('me')
  const { message } = App.useApp()
  const [open, setOpen] = useState(false)
  const options = useQuery(signInOptionsQuery)
  return (
    <section className="panel" aria-labelledby="password-title">
      <h2 id="password-title">{t('passwordTitle')}</h2>
      <p className="muted">{t('passwordEffect')}</p>
      <Button onClick={() => setOpen(true)}>{t('changePassword')}</Button>
      <Modal
        open={open && options.data !== undefined}
        title={t('changePassword')}
        footer={null}
        destroyOnHidden
        onCancel={() => setOpen(false)}
        width={460}
      >
        {options.data && (
          <PasswordForm
            username={me.username}
            rules={options.data.passwordRules}
            submit={t('changePassword')}
            onDone={() => {
              setOpen(false)
              message.success(t('passwordChanged'))
            }}
          />
        )}
      </Modal>
    </section>
  )
}
