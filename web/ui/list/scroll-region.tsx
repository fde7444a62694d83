import type { ReactNode } from 'react'

/** Scrolls by arrow keys too: what is wider than the page must be reachable without a mouse. */
const focusable = { tabIndex: 0 }

export function ScrollRegion({ label, children }: { label: string; children: ReactNode }) {
  return (
    <section aria-label={label} style={{ overflowX: 'auto', position: 'relative' }} {...focusable}>
      {children}
    </section>
  )
}
