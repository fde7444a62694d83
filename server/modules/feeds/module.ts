import type { Module } from '#server/manifest/module.ts'

export const feedsModule = {
  name: 'feeds',
} satisfies Module
