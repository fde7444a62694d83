import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { App, ConfigProvider } from 'antd'
import type { Locale } from 'antd/es/locale'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { queryClient } from '#web/api/client.ts'
import { ConnectionLine } from '#web/ui/page/connection-line.tsx'
import { theme } from '#web/ui/page/theme.ts'
import { BroughtByFolders } from './brought.ts'
import { brought } from './collect.ts'
import { router } from './router.tsx'

const antdLocale: Record<string, () => Promise<{ default: Locale }>> = {
  'zh-CN': () => import('antd/es/locale/zh_CN'),
  'en-US': () => import('antd/es/locale/en_US'),
}

/** Whoever asks the system for less motion gets none. */
const motion = !matchMedia('(prefers-reduced-motion: reduce)').matches
const ownTheme = { ...theme, token: { ...theme.token, motion } }

export function Application() {
  const { i18n } = useTranslation()
  const [locale, setLocale] = useState<Locale>()
  useEffect(() => {
    antdLocale[i18n.language]?.().then((module) => setLocale(module.default))
  }, [i18n.language])
  return (
    <ConfigProvider locale={locale} theme={ownTheme} button={{ autoInsertSpace: false }}>
      <App>
        <QueryClientProvider client={queryClient}>
          <BroughtByFolders value={brought}>
            <RouterProvider router={router} />
            <ConnectionLine />
          </BroughtByFolders>
        </QueryClientProvider>
      </App>
    </ConfigProvider>
  )
}
