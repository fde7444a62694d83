import { setTimeout as delay } from 'node:timers/promises'
import type { Kind } from '../kind.ts'

export const networkKinds: readonly Kind[] = [
  {
    name: 'clients-cut',
    strike: async ({ clients }) => {
      for (let i = 0; i < 3; i++) {
        clients.cut()
        await delay(200)
      }
    },
  },
  {
    name: 'clients-slow',
    strike: async ({ clients }) => {
      clients.slow(30_000)
      await delay(5000)
      clients.slow(0)
    },
  },
  {
    name: 'clients-silent',
    strike: async ({ clients }) => {
      clients.silence(true)
      await delay(5000)
      clients.silence(false)
      clients.cut()
    },
  },
  {
    name: 'answers-lost',
    strike: async ({ clients }) => {
      clients.loseAnswers('whole')
      await delay(3000)
      clients.loseAnswers(undefined)
    },
  },
  {
    name: 'answers-reset-halfway',
    strike: async ({ clients }) => {
      clients.loseAnswers('half')
      await delay(3000)
      clients.loseAnswers(undefined)
    },
  },
  {
    name: 'requests-doubled',
    strike: async ({ net }) => {
      net.isDoubled = true
      await delay(4000)
      net.isDoubled = false
    },
  },
]
