import { ORPCError } from '@orpc/client'
import { saveFile } from './save-file.ts'

/** Fetches a file that the server makes and hands it to the browser to keep; a refusal fails like that of any other route. */
export async function fetchFile(address: string): Promise<void> {
  const response = await fetch(address, { credentials: 'same-origin' })
  if (!response.ok) {
    const problem = (await response.json().catch(() => ({}))) as { code?: string; data?: unknown }
    throw new ORPCError(problem.code ?? 'fallback', { status: response.status, data: problem.data })
  }
  const name = /filename\*=UTF-8''([^;]+)/.exec(response.headers.get('content-disposition') ?? '')?.[1]
  saveFile(decodeURIComponent(name ?? 'file'), await response.blob())
}
