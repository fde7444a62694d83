import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'

const builtIn = path.resolve(import.meta.dirname, '../../../../data/templates')

/** A template of the office's own folder, or else the one that comes with the platform; read anew, so that a change counts at once. */
export function readTemplate(folder: string | undefined, name: string): { file: string; content: Buffer } {
  const file = `${name}.docx`
  const own = folder === undefined ? undefined : path.join(folder, file)
  const chosen = own !== undefined && existsSync(own) ? own : path.join(builtIn, file)
  return { file, content: readFileSync(chosen) }
}
