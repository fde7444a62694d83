import { useMutation } from '@tanstack/react-query'
import { Form, Input, Modal } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Username } from '#contract/access/accounts.ts'
import type { Role } from '#contract/access/capabilities.ts'
import { api, errorCode } from '#web/api/client.ts'
import { useMe } from '#web/api/session.ts'
import { Failed } from '#web/ui/page/failed.tsx'
import { CodeSlip } from './code-slip.tsx'
import { needsDepartment, type Standing, StandingFields } from './standing-fields.tsx'
import { useRefreshAccounts } from './use-refresh.ts'

interface CreateAccountProps {
  grantable: readonly Role[]
  onClose(): void
}

export function CreateAccount({ grantable, onClose }: CreateAccountProps) {
  const { t } = useTranslation('accounts')
  const common = useTranslation().t
  const own = useMe().area
  const refresh = useRefreshAccounts()
  const [form] = Form.useForm<{ name: string; username: string }>()
  const [standing, setStanding] = useState<Standing<Role | undefined>>({
    role: undefined,
    area: undefined,
    department: null,
  })
  const [checked, setChecked] = useState(false)
  const missing = {
    role: standing.role === undefined,
    department: needsDepartment(standing.role) && standing.department === null,
  }
  const create = useMutation({
    mutationFn: ({ name, username, role }: { name: string; username: string; role: Role }) =>
      api.accounts.create({
        name,
        username,
        role,
        area: standing.area ?? own.code,
        department: needsDepartment(role) ? standing.department : null,
      }),
    onSuccess: refresh,
    onError: (error) => errorCode(error) === 'username-taken' && form.getFieldInstance('username')?.focus(),
  })
  if (create.data) {
    return <CodeSlip made={create.data} half="first" onClose={onClose} />
  }
  const submit = (typed: { name: string; username: string }) => {
    setChecked(true)
    if (standing.role !== undefined && !missing.department) create.mutate({ ...typed, role: standing.role })
  }
  return (
    <Modal
      open
      title={t('form.title')}
      okText={t('form.submit')}
      cancelText={common('cancel')}
      okButtonProps={{ loading: create.isPending }}
      mask={{ closable: false }}
      onOk={() => {
        setChecked(true)
        form.submit()
      }}
      onCancel={onClose}
    >
      <p className="muted">{t('form.lead')}</p>
      <Form form={form} layout="vertical" requiredMark={false} onFinish={submit} autoComplete="off">
        <Form.Item
          name="name"
          label={t('person')}
          rules={[{ required: true, whitespace: true, message: t('form.nameMissing') }]}
        >
          <Input maxLength={60} autoFocus />
        </Form.Item>
        <Form.Item
          name="username"
          label={t('username')}
          extra={t('form.usernameHint')}
          rules={[
            {
              validator: (_, value) =>
                Username.safeParse(value ?? '').success
                  ? Promise.resolve()
                  : Promise.reject(new Error(t('form.usernameWrong'))),
            },
          ]}
          validateTrigger="onBlur"
        >
          <Input maxLength={30} autoCapitalize="none" autoComplete="off" spellCheck={false} />
        </Form.Item>
        <StandingFields
          grantable={grantable}
          value={standing}
          onChange={setStanding}
          {...(checked ? { missing } : {})}
        />
      </Form>
      <Failed of={create} />
    </Modal>
  )
}
