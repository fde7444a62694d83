import { createRoot } from 'react-dom/client'
import { startI18n } from '#web/locales/i18n.ts'
import { Application } from './application.tsx'
import './base.css'

await startI18n()
const root = document.getElementById('root')
if (root) createRoot(root).render(<Application />)
