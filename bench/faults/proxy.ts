import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'

/** A way between two programs that can be cut, slowed and silenced. It forwards bytes and knows nothing of what they say. */
export interface Passage {
  port: number
  /** Every connection ends at once, on both sides; new ones are let through. */
  cut(): void
  /** So long before each piece goes on; 0 as before. */
  delay(ms: number): void
  /** So many bytes a second of what clients send; 0 for all there are. */
  slow(bytesPerSecond: number): void
  /** Nothing goes through and nobody is told, until it is lifted. */
  silence(isSilent: boolean): void
  /** What clients send arrives; what is answered does not, and the connection is reset: before its first byte or in its middle. */
  loseAnswers(how: 'whole' | 'half' | undefined): void
  close(): void
}

interface Way {
  delayMs: number
  bytesPerSecond: number
  isSilent: boolean
  lost: 'whole' | 'half' | undefined
}

const pieceMs = 20

export async function startProxy(targetPort: () => number): Promise<Passage> {
  const way: Way = { delayMs: 0, bytesPerSecond: 0, isSilent: false, lost: undefined }
  const pairs = new Set<[Socket, Socket]>()
  const server = createServer((client) => {
    const target = connect(targetPort(), '127.0.0.1')
    const pair: [Socket, Socket] = [client, target]
    pairs.add(pair)
    const end = () => {
      pairs.delete(pair)
      client.destroy()
      target.destroy()
    }
    for (const socket of pair) {
      socket.setNoDelay(true)
      socket.on('error', end).on('close', end)
    }
    forward(client, target, async (piece) => pass(piece, target, way, way.bytesPerSecond))
    forward(target, client, async (piece) => {
      if (way.lost === undefined) return pass(piece, client, way, 0)
      if (way.lost === 'half') client.write(piece.subarray(0, piece.length >> 1))
      client.resetAndDestroy()
      end()
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port for the proxy')
  const cut = () => {
    for (const [client, target] of pairs) {
      client.resetAndDestroy()
      target.resetAndDestroy()
    }
  }
  return {
    ...{ port: address.port, cut },
    delay: (ms) => {
      way.delayMs = ms
    },
    slow: (bytesPerSecond) => {
      way.bytesPerSecond = bytesPerSecond
    },
    silence: (isSilent) => {
      way.isSilent = isSilent
    },
    loseAnswers: (how) => {
      way.lost = how
    },
    close: () => {
      cut()
      server.close()
    },
  }
}

/** One piece after the other, each when the one before it has gone. */
function forward(from: Socket, to: Socket, send: (piece: Buffer) => Promise<void>) {
  let turn: Promise<void> = Promise.resolve()
  from.on('data', (piece: Buffer) => {
    from.pause()
    turn = turn.then(() => send(piece)).then(() => void from.resume())
  })
  from.on('end', () => {
    turn.then(() => to.end())
  })
}

async function pass(piece: Buffer, to: Socket, way: Way, bytesPerSecond: number): Promise<void> {
  while (way.isSilent && !to.destroyed) await delay(pieceMs)
  if (way.delayMs > 0) await delay(way.delayMs)
  if (bytesPerSecond > 0) await delay((piece.length / bytesPerSecond) * 1000)
  if (!to.destroyed) to.write(piece)
}
