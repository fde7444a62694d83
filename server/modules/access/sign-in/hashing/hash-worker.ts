import { randomBytes, scryptSync, timingSafeEqual } from 'node:crypto'
import os from 'node:os'
import { parentPort } from 'node:worker_threads'
import type { HashTask } from './hasher.ts'

// Of this thread alone: pages come before passwords that somebody tries.
os.setPriority(os.constants.priority.PRIORITY_BELOW_NORMAL)

/** As the auth library hashes: `salt:key` in hexadecimal. Its own work would be done on the threads that everything else needs. */
const scrypt = { N: 16_384, r: 16, p: 1, maxmem: 128 * 16_384 * 16 * 2 }
const keyOf = (password: string, salt: string) => scryptSync(password.normalize('NFKC'), salt, 64, scrypt)

function hash(password: string): string {
  const salt = randomBytes(16).toString('hex')
  return `${salt}:${keyOf(password, salt).toString('hex')}`
}

function verify(password: string, known: string): boolean {
  const [salt = '', key = ''] = known.split(':')
  const wanted = Buffer.from(key, 'hex')
  const found = keyOf(password, salt)
  return wanted.length === found.length && timingSafeEqual(wanted, found)
}

parentPort?.on('message', ({ password, known }: HashTask) => {
  parentPort?.postMessage(known === undefined ? hash(password) : verify(password, known))
})
