import type { contract } from '#contract/index.ts'
import type { Module } from '#server/manifest/module.ts'
import { modules } from './modules.ts'

type Contract = typeof contract
type Brought = (typeof modules)[number]
type All<U> = (U extends unknown ? (one: U) => void : never) extends (all: infer I) => void ? I : never
/** What all modules serve together, by group and name. */
type Served = All<Brought extends infer M ? (M extends { routes: infer R } ? R : never) : never>

function collectRoutes(): Served {
  const groups: Record<string, Record<string, unknown>> = {}
  for (const { routes = {} } of modules as readonly Module[])
    for (const [group, handlers] of Object.entries(routes)) groups[group] = { ...groups[group], ...handlers }
  return groups as Served
}

/** Every module's routes in the shape of the contract; a route that nobody serves does not compile. */
export const router = collectRoutes() satisfies {
  [G in keyof Contract]: { [R in keyof Contract[G]]: unknown }
}
