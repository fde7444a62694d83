import { Upload } from '#contract/feeds/feeds.ts'

export interface UploadProgress {
  sent: number
  size: number
}

/** The server's refusal of a file, or `offline` when none came. */
export class UploadError extends Error {
  readonly code: string
  readonly details: Record<string, unknown>
  constructor(code: string, details: Record<string, unknown> = {}) {
    super(code)
    this.code = code
    this.details = details
  }
}

/** Streams a file to the server; XMLHttpRequest, because fetch does not report how much of a body was sent. */
export function uploadFile(
  file: File,
  { signal, onProgress }: { signal: AbortSignal; onProgress: (progress: UploadProgress) => void },
): Promise<Upload> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('PUT', `/api/uploads?name=${encodeURIComponent(file.name)}`)
    request.setRequestHeader('content-type', 'application/octet-stream')
    request.upload.onprogress = ({ loaded }) =>
      onProgress({ sent: Math.min(loaded, file.size), size: file.size })
    request.onload = () => {
      const body = parse(request.responseText)
      const upload = request.status < 300 ? Upload.safeParse(body) : undefined
      if (upload?.success) resolve(upload.data)
      else reject(refusalOf(body))
    }
    request.onerror = () => reject(new UploadError('offline'))
    request.onabort = () => reject(signal.reason)
    signal.addEventListener('abort', () => request.abort(), { once: true })
    request.send(file)
  })
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function refusalOf(body: unknown): UploadError {
  if (typeof body !== 'object' || body === null || !('code' in body)) return new UploadError('internal')
  const data = 'data' in body && typeof body.data === 'object' ? { ...body.data } : {}
  return new UploadError(String(body.code), data)
}
