import { useSyncExternalStore } from 'react'
import type { Owner } from './store.ts'

export type ErasedBecause = 'revoked' | 'pin' | 'signed-out' | 'requested'

/**
 * starting: not known yet; insecure: the browser gives no keys here; erased: says why; sign-in: nobody is; new-pin: signed in,
 * the device is to be set up; locked: the PIN is required; open: at work.
 */
export type Phase = 'starting' | 'insecure' | 'erased' | 'sign-in' | 'new-pin' | 'locked' | 'open'

export interface FieldState {
  phase: Phase
  erasedBecause: ErasedBecause | null
  /** The data key; in memory only. */
  key: CryptoKey | null
  device: string | null
  owner: Owner | null
  online: boolean
  syncing: boolean
  /** Code of the last exchange that failed. */
  syncFailure: string | null
  /** The session ended; everything stays and waits. */
  needsSignIn: boolean
  /** Somebody else is signed in than the one whose device this is. */
  otherAccount: string | null
  storageFull: boolean
  mayInstall: boolean
}

let state: FieldState = {
  phase: 'starting',
  erasedBecause: null,
  key: null,
  device: null,
  owner: null,
  online: navigator.onLine,
  syncing: false,
  syncFailure: null,
  needsSignIn: false,
  otherAccount: null,
  storageFull: false,
  mayInstall: false,
}
const listeners = new Set<() => void>()

export const getState = () => state

export function setState(change: Partial<FieldState>): void {
  state = { ...state, ...change }
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void) {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export function useFieldState(): FieldState {
  return useSyncExternalStore(subscribe, getState)
}

export interface OpenState {
  key: CryptoKey
  owner: Owner
}

/** Key and owner of the opened device; every page behind the PIN has them. */
export function useOpen(): OpenState {
  const { key, owner } = useFieldState()
  if (!key || !owner) throw new Error('the device is locked')
  return { key, owner }
}
