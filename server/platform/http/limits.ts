/** What the server takes of a request; settings of `buildApp`, with defaults for one server of a province. */
export interface HttpLimits {
  /** Requests of one signed-in account a minute; an address, behind which a whole office may sit, has five times as many. */
  requestsPerMinute: number
  /** Of these, such as show a secret in full or open a household to somebody, and sign-ins of an address. */
  sensitivePerMinute: number
  /** Declarations of an address in an hour; a village behind one mast is one address. */
  declarationsPerHour: number
  /** Bytes of a JSON body; files have their own limit. */
  jsonBytes: number
  /** Nested objects and arrays of a JSON body. */
  jsonDepth: number
  /** Characters of path and query. */
  addressLength: number
  headerBytes: number
  /** To receive the headers, and a JSON body. */
  headersMs: number
  bodyMs: number
  /** A file may take as long as it needs, but not stand still for longer than this. */
  uploadIdleMs: number
  /** A connection on which nothing moves, while an answer is made. */
  idleMs: number
  keepAliveMs: number
}

export const defaultHttpLimits: HttpLimits = {
  requestsPerMinute: 1200,
  sensitivePerMinute: 30,
  declarationsPerHour: 60,
  jsonBytes: 2 ** 20,
  jsonDepth: 40,
  addressLength: 8192,
  headerBytes: 16_384,
  headersMs: 15_000,
  bodyMs: 30_000,
  uploadIdleMs: 60_000,
  idleMs: 300_000,
  keepAliveMs: 72_000,
}

/** How the server is reached, and what it takes. */
export interface HttpOptions {
  /** Proxies whose word about the client's address is taken. */
  trustedProxies?: string[]
  /** Where people reach it, if it knows: behind a proxy the host of a request may be another. */
  publicUrl?: string | undefined
  limits?: Partial<HttpLimits>
  /** Whether other servers may work on the same database, with which requests are counted together. */
  shared?: boolean
  /** Folder of the built web. */
  web?: string | undefined
}
