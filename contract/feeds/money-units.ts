/**
 * A unit of money as the number of decimal places between it and fen: 0 is fen, 2 yuan, 6 ten thousand yuan. The text is the unit's name
 * in Chinese; amounts are converted by moving the point.
 */
export const moneyUnits: Readonly<Record<number, string>> = {
  0: '分',
  1: '角',
  2: '元',
  3: '十元',
  4: '百元',
  5: '千元',
  6: '万元',
  7: '十万元',
  8: '百万元',
  9: '千万元',
  10: '亿元',
}

export const yuan = 2

/** `元` for 2; the unit in words, for people. */
export function moneyUnitName(digits: number): string {
  return moneyUnits[digits] ?? `10^${digits} 分`
}
