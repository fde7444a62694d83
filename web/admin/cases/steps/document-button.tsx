import { FileWordOutlined } from '@ant-design/icons'
import { useMutation } from '@tanstack/react-query'
import { App } from 'antd'
import { useTranslation } from 'react-i18next'
import { errorCode, errorDetails } from '#web/api/client.ts'
import { fetchFile } from '#web/ui/files/fetch-file.ts'
import { MayButton } from '#web/ui/may/may-button.tsx'
import { ErrorState } from '#web/ui/page/states.tsx'

interface DocumentButtonProps {
  address: string
  name: string
  hindrance?: string | undefined
}

/** Fetches a form as a Word file; where its template is broken it says what, where, and what may be used. */
export function DocumentButton({ address, name, hindrance }: DocumentButtonProps) {
  const { t } = useTranslation('cases')
  const { modal } = App.useApp()
  const get = useMutation({
    mutationFn: () => fetchFile(address),
    onError: (error) => {
      modal.error({
        title: name,
        icon: null,
        width: 560,
        okText: t('documentOk'),
        content: <Broken error={error} />,
      })
    },
  })
  return (
    <MayButton
      size="small"
      capability="case.act"
      icon={<FileWordOutlined aria-hidden="true" />}
      hindrance={hindrance}
      loading={get.isPending}
      onClick={() => get.mutate()}
    >
      {name}
    </MayButton>
  )
}

interface TemplateProblem {
  what: 'not-word' | 'braces' | 'unknown'
  tag: string
  where: string
}

function Broken({ error }: { error: unknown }) {
  const { t } = useTranslation('cases')
  const { file, problems, known } = errorDetails(error) as {
    file?: string
    problems?: TemplateProblem[]
    known?: string[]
  }
  return (
    <>
      <ErrorState error={error} />
      {errorCode(error) === 'template-broken' && (
        <div className="template-problems">
          <p>
            <strong>{file}</strong>
          </p>
          <ul>
            {problems?.map(({ what, tag, where }) => (
              <li key={what + tag + where}>
                {t(`templateProblem.${what}`, { tag })}
                {where && <span className="muted"> {t(`templateWhere.${where as 'body'}`)}</span>}
              </li>
            ))}
          </ul>
          {problems?.some(({ what }) => what === 'unknown') && (
            <details>
              <summary>{t('templateKnown')}</summary>
              <p>{known?.map((one) => `{${one}}`).join(' ')}</p>
            </details>
          )}
        </div>
      )}
    </>
  )
}
