/** A file, with the sheet a row of it stands in where it is of several. */
export function fileAndSheet({ fileName, sheet }: { fileName: string; sheet: string | null }): string {
  return sheet === null ? fileName : `${fileName}·${sheet}`
}
