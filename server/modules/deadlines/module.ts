import type { Module } from '#server/manifest/module.ts'

export const deadlinesModule = {
  name: 'deadlines',
} satisfies Module
