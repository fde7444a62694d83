import { createRoot } from 'react-dom/client'
import { Application } from './application.tsx'
import './field.css'
import { watchInstalling } from './device/install.ts'
import { start } from './sync/device-life.ts'
import { startWatching } from './sync/watch.ts'
import { startFieldTexts } from './texts.ts'

watchInstalling()
await startFieldTexts()
const root = document.getElementById('root')
if (root) createRoot(root).render(<Application />)
await start()
startWatching()
// After everything else: on a slow line the worker's own loading waits for the page's.
if (import.meta.env.PROD) void navigator.serviceWorker?.register('/field/sw.js', { scope: '/field/' })
