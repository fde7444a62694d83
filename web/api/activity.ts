const key = 'shouwang.lastActivity'

/** When the server last heard from somebody using this browser; all windows share the session, so they share this. */
export function lastActivity(): number {
  return Number(localStorage.getItem(key) ?? 0)
}

export function noteActivity(): void {
  localStorage.setItem(key, String(Date.now()))
}
