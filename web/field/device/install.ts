import { setState } from './state.ts'

interface InstallPrompt extends Event {
  prompt(): Promise<unknown>
}

let offered: InstallPrompt | undefined

/** The browser says when the app can be put on the home screen; the offer is made in the settings, not over the work. */
export function watchInstalling(): void {
  addEventListener('beforeinstallprompt', (event) => {
    event.preventDefault()
    offered = event as InstallPrompt
    setState({ mayInstall: true })
  })
  addEventListener('appinstalled', () => setState({ mayInstall: false }))
}

export async function install(): Promise<void> {
  await offered?.prompt()
  // An offer counts once.
  offered = undefined
  setState({ mayInstall: false })
}
