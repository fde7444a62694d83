import type { Module } from '#server/manifest/module.ts'

export const readersModule = {
  name: 'readers',
} satisfies Module
