import { App, Button, type ButtonProps } from 'antd'
import { useTranslation } from 'react-i18next'

/** Copies a text; where the browser does not allow it, the text stays selectable on the page. */
export function CopyButton({ text, children, ...button }: { text: string } & ButtonProps) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text)
      message.success(t('copied'))
    } catch {
      message.warning(t('copyFailed'))
    }
  }
  return (
    <Button {...button} onClick={copy}>
      {children ?? t('copy')}
    </Button>
  )
}
