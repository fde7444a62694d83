import type { ReactNode } from 'react'

interface ListedProps {
  /** Rows of the list on all its pages, and different households behind them where the list knows. */
  total: number | undefined
  households?: number | null | undefined
  /** Whether they answer what is asked now. */
  isFresh: boolean
  children: ReactNode
}

/** Where a list says how long it is: whoever opened a figure finds as many rows here (`npm run bench -- figures`). */
export function Listed({ total, households, isFresh, children }: ListedProps) {
  return (
    <div className="listed" data-total={total} data-households={households ?? undefined} data-fresh={isFresh}>
      {children}
    </div>
  )
}
