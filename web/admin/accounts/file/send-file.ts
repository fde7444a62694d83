import { ORPCError } from '@orpc/client'
import type { AccountFileResult } from '#contract/access/accounts.ts'
import { streams } from '#contract/streams.ts'
import { noteActivity } from '#web/api/activity.ts'

/** Sends a file of new accounts, to be checked only or to be made. */
export async function sendAccountFile(file: File, dryRun: boolean): Promise<AccountFileResult> {
  const query = new URLSearchParams({ name: file.name, dryRun: String(dryRun) })
  const response = await fetch(`/api${streams.accountFile.path}?${query}`, {
    method: streams.accountFile.method,
    headers: { 'content-type': 'application/octet-stream' },
    credentials: 'same-origin',
    body: file,
  })
  const answer = (await response.json().catch(() => ({}))) as { code?: string; data?: unknown }
  if (!response.ok) throw new ORPCError(answer.code ?? 'fallback', { data: answer.data })
  noteActivity()
  return answer as AccountFileResult
}
