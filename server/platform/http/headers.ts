/** Headers of every answer. Nothing the server sends is shown in a frame, guessed at, or read by another site. */
export function answerHeaders(https: boolean): Record<string, string> {
  return {
    'content-security-policy':
      "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'referrer-policy': 'same-origin',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy': permissions('geolocation=()'),
    ...(https ? { 'strict-transport-security': 'max-age=31536000' } : {}),
  }
}

/** The field app notes, on request, where a visit was made; no other page may. */
export const fieldPermissions = permissions('geolocation=(self)')

function permissions(geolocation: string): string {
  return (
    `accelerometer=(), browsing-topics=(), camera=(), display-capture=(), ${geolocation}, gyroscope=(), magnetometer=(), ` +
    'microphone=(), midi=(), payment=(), publickey-credentials-get=(), screen-wake-lock=(), serial=(), usb=()'
  )
}

/** A service worker loads the files of its app and nothing else. */
export const workerPolicy = "default-src 'none'; script-src 'self'; connect-src 'self'"

/**
 * The policy of the page: scripts from here alone, none inline. Ant Design writes style elements as components come up; they
 * carry this answer's nonce, and no other inline style is taken. The field app has a style sheet only and gets no nonce: its page is
 * kept on the device, where a nonce would be none. Pictures may be made in the page (`blob:`, `data:`).
 */
export function pagePolicy(nonce?: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    nonce ? `style-src 'self' 'nonce-${nonce}'` : "style-src 'self'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "worker-src 'self'",
    "manifest-src 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ].join('; ')
}
