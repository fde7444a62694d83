import { createRoot } from 'react-dom/client'
import { startI18n } from '#web/locales/i18n.ts'
import { setStyleNonce } from '#web/ui/page/style-nonce.ts'
import { Application } from './shell/application.tsx'
import './shell/base.css'

setStyleNonce()
await startI18n()
const root = document.getElementById('root')
if (root) createRoot(root).render(<Application />)
