import pg from 'pg'

/** A connection that speaks PostgreSQL's replication protocol: the embedded server comes without pg_basebackup and pg_receivewal. */
export async function connectReplication(url: string): Promise<pg.Client> {
  const address = new URL(url)
  address.searchParams.set('replication', 'true')
  address.searchParams.set('application_name', 'shouwang-backup')
  const client = new pg.Client({ connectionString: address.href, keepAlive: true })
  client.on('error', () => undefined)
  await client.connect()
  return client
}

/** One command of the protocol, which is no SQL. */
export async function command<R extends pg.QueryResultRow>(client: pg.Client, text: string): Promise<R[]> {
  return (await client.query<R>(text)).rows
}

/** One that is answered by a stream. */
export const copyCommand = (client: pg.Client, text: string): CopyCommand =>
  client.query(new CopyCommand(text))

export interface SystemIdentity {
  systemId: string
  timeline: number
  position: bigint
}

export async function identifySystem(client: pg.Client): Promise<SystemIdentity> {
  const [row] = await command<{ systemid: string; timeline: number; xlogpos: string }>(
    client,
    'IDENTIFY_SYSTEM',
  )
  if (!row) throw new Error('IDENTIFY_SYSTEM gave no row')
  return { systemId: row.systemid, timeline: Number(row.timeline), position: parseLsn(row.xlogpos) }
}

/** `16MB`, as SHOW writes it. */
export async function segmentBytesOf(client: pg.Client): Promise<number> {
  const [row] = await command<{ wal_segment_size: string }>(client, 'SHOW wal_segment_size')
  const [, number = '16', unit = 'MB'] = /^(\d+)(kB|MB|GB)$/.exec(row?.wal_segment_size ?? '') ?? []
  return Number(number) * { kB: 2 ** 10, MB: 2 ** 20, GB: 2 ** 30 }[unit as 'kB' | 'MB' | 'GB']
}

/** Places in the WAL are written `16/B374D848`: two hexadecimal halves of one number. */
export function parseLsn(text: string): bigint {
  const [high = '0', low = '0'] = text.split('/')
  return (BigInt(`0x${high}`) << 32n) + BigInt(`0x${low}`)
}

export function formatLsn(lsn: bigint): string {
  return `${(lsn >> 32n).toString(16).toUpperCase()}/${(lsn & 0xffffffffn).toString(16).toUpperCase()}`
}

interface CopyConnection {
  query(text: string): void
  stream: { pause(): void; resume(): void; write(bytes: Buffer): boolean }
}

const slabBytes = 4 * 2 ** 20
/** Bytes that may wait for whoever reads them before the server is let wait in turn. */
const mostWaiting = 4 * 2 ** 20

/**
 * One command whose answer is a stream of copy messages, before and after which rows may come: BASE_BACKUP, START_REPLICATION. Read it
 * with `for await`; the server waits while the reader does. `pg` passes it whatever answers the command.
 */
export class CopyCommand implements AsyncIterable<Buffer> {
  /** Rows beside the stream, in the order in which they came. */
  readonly rows: string[][] = []
  readonly #text: string
  #connection: CopyConnection | undefined
  #waiting: Buffer[] = []
  #bytes = 0
  #slab = Buffer.alloc(0)
  #used = 0
  #ended = false
  #error: Error | undefined
  #wake: (() => void) | undefined

  constructor(text: string) {
    this.#text = text
  }

  submit(connection: unknown) {
    this.#connection = connection as CopyConnection
    this.#connection.query(this.#text)
  }

  /** Sends a copy message to the server. */
  send(message: Buffer) {
    const head = Buffer.from('d\0\0\0\0', 'latin1')
    head.writeUInt32BE(message.length + 4, 1)
    this.#connection?.stream.write(Buffer.concat([head, message]))
  }

  /** Names what `pg` calls when the matching message comes. */
  handleRowDescription() {}
  handleCommandComplete() {}
  handleEmptyQuery() {}
  handlePortalSuspended() {}

  handleDataRow({ fields }: { fields: (string | null)[] }) {
    this.rows.push(fields.map((field) => field ?? ''))
  }

  handleCopyData({ chunk }: { chunk: Buffer }) {
    this.#waiting.push(this.#copy(chunk))
    this.#bytes += chunk.length
    if (this.#bytes > mostWaiting) this.#connection?.stream.pause()
    this.#wake?.()
  }

  /** The driver uses its buffer again. Copies share large slabs: with one allocation each, collecting them took a third of the time. */
  #copy(chunk: Buffer): Buffer {
    if (this.#slab.length - this.#used < chunk.length) {
      this.#slab = Buffer.allocUnsafeSlow(Math.max(slabBytes, chunk.length))
      this.#used = 0
    }
    const from = this.#used
    this.#used += chunk.copy(this.#slab, from)
    return this.#slab.subarray(from, this.#used)
  }

  handleError(error: Error) {
    this.#error = error
    this.#ended = true
    this.#wake?.()
  }

  handleReadyForQuery() {
    this.#ended = true
    this.#wake?.()
  }

  async *[Symbol.asyncIterator]() {
    for (;;) {
      const batch = this.#waiting
      this.#waiting = []
      this.#bytes = 0
      this.#connection?.stream.resume()
      yield* batch
      if (this.#waiting.length > 0) continue
      if (this.#error) throw this.#error
      if (this.#ended) return
      await new Promise<void>((resolve) => {
        this.#wake = resolve
      })
      this.#wake = undefined
    }
  }
}
