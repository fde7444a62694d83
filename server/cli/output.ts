/** One JSON object a line, for programs. */
export function writeJson(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value)}\n`)
}

export function writeLine(text: string): void {
  process.stdout.write(`${text}\n`)
}

/** A line that renews itself on a terminal; elsewhere nothing, or JSON lines on request. */
export function progressLine(json: boolean): (text: string, value: object) => void {
  return (text, value) => {
    if (json) writeJson(value)
    else if (process.stderr.isTTY) process.stderr.write(`\r\u001b[2K${text}`)
  }
}

export function endProgress(json: boolean): void {
  if (!json && process.stderr.isTTY) process.stderr.write('\r\u001b[2K')
}

/** Chinese characters take two columns on a terminal. */
const widthOf = (text: string) =>
  [...text].reduce((sum, letter) => sum + (letter.charCodeAt(0) > 0x2e7f ? 2 : 1), 0)

/** A table with aligned columns. */
export function writeTable(
  headers: readonly string[],
  rows: readonly (readonly (string | number)[])[],
): void {
  const all = [headers, ...rows.map((row) => row.map(String))]
  const widths = headers.map((_, column) => Math.max(...all.map((row) => widthOf(row[column] ?? ''))))
  for (const row of all) {
    const cells = row.map((cell, column) => cell + ' '.repeat((widths[column] ?? 0) - widthOf(cell)))
    writeLine(cells.join('  ').trimEnd())
  }
}
