import { SoundOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { type RefObject, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { readAloud, stopReading } from './local-voice.ts'

/** Reads what stands in a part of the page, by the device alone; where the device has no voice, it says so. */
export function ReadAloud({ part }: { part: RefObject<HTMLElement | null> }) {
  const { t, i18n } = useTranslation()
  const [state, setState] = useState<'quiet' | 'reading' | 'unable'>('quiet')
  useEffect(() => stopReading, [])
  const press = async () => {
    if (state === 'reading') {
      stopReading()
      setState('quiet')
      return
    }
    setState('reading')
    const can = await readAloud(part.current?.innerText ?? '', i18n.language, () => setState('quiet'))
    if (!can) setState('unable')
  }
  return (
    <div className="read-aloud no-print">
      <Button icon={<SoundOutlined />} aria-pressed={state === 'reading'} onClick={press}>
        {t(state === 'reading' ? 'readAloud.stop' : 'readAloud.start')}
      </Button>
      <span role="status">{state === 'unable' && t('readAloud.unable')}</span>
    </div>
  )
}
