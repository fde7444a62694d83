import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { z } from 'zod'
import { ClueFilter, ClueSort } from '#contract/clues.ts'
import { BatchState } from '#contract/feeds.ts'
import { HouseholdCategory } from '#contract/households.ts'
import { toFlag, toList } from '#web/ui/search-params.ts'
import type { layoutRoute } from './router.tsx'

const area = z.coerce.number().int().optional().catch(undefined)
/** Where to go after signing in: a path of this application, never another site. */
export function safeNext(value: unknown): string | undefined {
  return typeof value === 'string' && /^\/(?![/\\])/.test(value) ? value : undefined
}
export const SignInSearch = z.object({ next: z.preprocess(safeNext, z.string().optional()) })

const page = z.coerce.number().int().min(1).optional().catch(undefined)

export const OverviewSearch = z.object({ area })

/** The clue list's whole state; every figure of the product links here with a filter. */
export const ClueSearch = z.object({
  area,
  level: z.preprocess(toList, ClueFilter.shape.level).catch(undefined),
  cause: z.preprocess(toList, ClueFilter.shape.cause).catch(undefined),
  state: z.preprocess(toList, ClueFilter.shape.state).catch(undefined),
  rule: z.preprocess(toList, ClueFilter.shape.rule).catch(undefined),
  overdue: z.preprocess(toFlag, z.boolean().optional()),
  openedFrom: z.iso.date().optional().catch(undefined),
  openedTo: z.iso.date().optional().catch(undefined),
  q: z.string().optional(),
  sort: ClueSort.optional().catch(undefined),
  descending: z.preprocess(toFlag, z.boolean().optional()),
  page,
})
export type ClueSearch = z.infer<typeof ClueSearch>

export const HouseholdSearch = z.object({
  area,
  q: z.string().optional(),
  category: z.preprocess(toList, z.array(HouseholdCategory).optional()).catch(undefined),
  page,
})

export const IntakeSearch = z.object({
  feed: z.string().optional(),
  state: z.preprocess(toList, z.array(BatchState).optional()).catch(undefined),
  page,
})

/** Pages of the two tables of a batch. */
export const BatchSearch = z.object({ rejects: page, reviews: page })

/** The pages below the layout, each loaded when it is first opened. */
export function pageRoutes(getParentRoute: () => typeof layoutRoute) {
  return [
    createRoute({
      getParentRoute,
      path: '/overview',
      validateSearch: OverviewSearch,
      component: lazyRouteComponent(() => import('./overview/overview-page.tsx'), 'OverviewPage'),
    }),
    createRoute({
      getParentRoute,
      path: '/clues',
      validateSearch: ClueSearch,
      component: lazyRouteComponent(() => import('./clues/clues-page.tsx'), 'CluesPage'),
    }),
    createRoute({
      getParentRoute,
      path: '/clues/$id',
      validateSearch: ClueSearch,
      component: lazyRouteComponent(() => import('./clues/clues-page.tsx'), 'CluesPage'),
    }),
    createRoute({
      getParentRoute,
      path: '/households',
      validateSearch: HouseholdSearch,
      component: lazyRouteComponent(() => import('./households/households-page.tsx'), 'HouseholdsPage'),
    }),
    createRoute({
      getParentRoute,
      path: '/households/$ref',
      validateSearch: z.object({ knownOn: z.iso.date().optional().catch(undefined) }),
      component: lazyRouteComponent(() => import('./households/household-page.tsx'), 'HouseholdPage'),
    }),
    createRoute({
      getParentRoute,
      path: '/intake',
      validateSearch: IntakeSearch,
      component: lazyRouteComponent(() => import('./intake/intake-page.tsx'), 'IntakePage'),
    }),
    createRoute({
      getParentRoute,
      path: '/intake/$ref',
      validateSearch: BatchSearch,
      component: lazyRouteComponent(() => import('./intake/batch-page.tsx'), 'BatchPage'),
    }),
    createRoute({
      getParentRoute,
      path: '/policy',
      validateSearch: z.object({ q: z.string().optional() }),
      component: lazyRouteComponent(() => import('./policy/policy-page.tsx'), 'PolicyPage'),
    }),
  ] as const
}
