import { useMutation } from '@tanstack/react-query'
import { Button, Modal } from 'antd'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AccountFileResult } from '#contract/access/accounts.ts'
import type { Role } from '#contract/access/capabilities.ts'
import { useMe } from '#web/api/session.ts'
import { toCsv } from '#web/ui/files/csv.ts'
import { saveFile } from '#web/ui/files/save-file.ts'
import { ListTable } from '#web/ui/list/list-table.tsx'
import { Failed } from '#web/ui/page/failed.tsx'
import { useText } from '#web/ui/words/use-text.ts'
import { useRefreshAccounts } from '../change/use-refresh.ts'
import { Codes, LeaveCodes } from '../requests/code-file.tsx'
import { sendAccountFile } from './send-file.ts'

interface AccountFileProps {
  grantable: readonly Role[]
  onClose(): void
}

/** Template, check, making: nothing is requested from a file with a mistake in it, and codes leave only once. */
export function AccountFile({ grantable, onClose }: AccountFileProps) {
  const { t } = useTranslation('accounts')
  const refresh = useRefreshAccounts()
  const [file, setFile] = useState<File>()
  const [isSaved, setSaved] = useState(false)
  const [isLeaving, setLeaving] = useState(false)
  const check = useMutation({ mutationFn: (chosen: File) => sendAccountFile(chosen, true) })
  const make = useMutation({
    mutationFn: (chosen: File) => sendAccountFile(chosen, false),
    onSuccess: refresh,
  })
  const choose = (chosen: File | undefined) => {
    if (!chosen) return
    setFile(chosen)
    make.reset()
    check.mutate(chosen)
  }
  const made = make.data?.requested ?? []
  const isSound = check.data && check.data.good > 0 && check.data.problems.length === 0
  const leave = () => (made.length > 0 && !isSaved ? setLeaving(true) : onClose())
  return (
    <Modal
      open
      title={t('bulk.title')}
      width={760}
      mask={{ closable: false }}
      onCancel={leave}
      footer={
        made.length === 0 &&
        isSound && (
          <Button type="primary" loading={make.isPending} onClick={() => file && make.mutate(file)}>
            {t('bulk.submit', { count: check.data.good })}
          </Button>
        )
      }
    >
      {made.length > 0 ? (
        <Codes codes={made} half="first" onSaved={() => setSaved(true)} />
      ) : (
        <>
          <Template grantable={grantable} />
          <h2 className="account-part">{t('bulk.step2')}</h2>
          <FileDrop onChoose={choose} />
          {check.isPending && file && <p role="status">{t('bulk.checking', { name: file.name })}</p>}
          {file && check.data && <Findings name={file.name} result={make.data ?? check.data} />}
        </>
      )}
      <Failed of={check} />
      <Failed of={make} />
      {isLeaving && <LeaveCodes onStay={() => setLeaving(false)} onLeave={onClose} />}
    </Modal>
  )
}

const columns = ['username', 'name', 'role', 'area', 'department'] as const

function Template({ grantable }: { grantable: readonly Role[] }) {
  const { t } = useTranslation('accounts')
  const common = useTranslation().t
  const own = useMe().area
  const save = () => {
    const role = grantable.find((one) => one !== 'department' && one !== 'bank')
    const example = [
      'example-001',
      t('bulk.example'),
      role ? common(`role.${role}`) : '',
      String(own.code),
      '',
    ]
    const head = columns.map((column) => t(`bulk.head.${column}`))
    saveFile(t('bulk.templateName'), toCsv(head, [example]), 'text/csv')
  }
  return (
    <>
      <h2 className="account-part">{t('bulk.step1')}</h2>
      <Button onClick={save}>{t('bulk.template')}</Button>
    </>
  )
}

function FileDrop({ onChoose }: { onChoose(file: File | undefined): void }) {
  const { t } = useTranslation('accounts')
  const input = useRef<HTMLInputElement>(null)
  const [isOver, setOver] = useState(false)
  return (
    <fieldset
      className={isOver ? 'account-drop over' : 'account-drop'}
      aria-label={t('bulk.choose')}
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault()
        setOver(false)
        onChoose(event.dataTransfer.files[0])
      }}
    >
      <input
        ref={input}
        type="file"
        hidden
        accept=".csv,.xlsx,.xls,.txt"
        onChange={(event) => {
          onChoose(event.target.files?.[0])
          // The same file, mended, has to count as chosen again.
          event.target.value = ''
        }}
      />
      <Button type="primary" ghost onClick={() => input.current?.click()}>
        {t('bulk.choose')}
      </Button>
      <span className="muted">{t('bulk.drop')}</span>
    </fieldset>
  )
}

function Findings({ name, result }: { name: string; result: AccountFileResult }) {
  const { t } = useTranslation('accounts')
  const text = useText()
  const { problems, rows, good } = result
  if (problems.length === 0 && good > 0) {
    return (
      <p role="status" className="account-effect">
        {t('bulk.sound', { name, count: good })}
      </p>
    )
  }
  return (
    <div role="alert">
      <p className="account-fault">{t('bulk.faulty', { name, rows, good, count: problems.length })}</p>
      <div className="account-problems">
        <ListTable
          caption={t('bulk.problems')}
          rows={problems}
          columns={[
            { key: 'line', head: t('bulk.line'), className: 'number', cell: ({ line }) => line },
            { key: 'column', head: t('bulk.column'), cell: ({ column }) => column ?? t('bulk.wholeLine') },
            { key: 'how', head: t('bulk.how'), cell: (problem) => text(problem.text) },
          ]}
          keyOf={({ line, column, code }) => `${line}-${column}-${code}`}
          className="record-list wide-table"
        />
      </div>
    </div>
  )
}
