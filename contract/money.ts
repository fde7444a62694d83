const money = new Intl.NumberFormat('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 })

/** Fen as people read it everywhere, on pages, in documents and on the command line: 123450 → `1,234.50`, without the word 元. */
export function yuanText(fen: number): string {
  return money.format(fen / 100)
}
