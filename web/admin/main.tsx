import { createRoot } from 'react-dom/client'
import { config } from 'zod'
import { startI18n } from '#web/locales/i18n.ts'
import { Application } from './application.tsx'
import './base.css'

// Schemas compiled with `new Function` would break the content security policy.
config({ jitless: true })
await startI18n()
const root = document.getElementById('root')
if (root) createRoot(root).render(<Application />)
