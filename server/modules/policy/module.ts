import type { Module } from '#server/manifest/module.ts'

export const policyModule = {
  name: 'policy',
} satisfies Module
