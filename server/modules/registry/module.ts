import type { Module } from '#server/manifest/module.ts'

export const registryModule = {
  name: 'registry',
} satisfies Module
