import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { z } from 'zod'
import { LetterKind } from '#contract/contact/letters.ts'
import { withTexts } from '#web/locales/i18n.ts'
import { layoutRoute } from '../layout-route.ts'

/** What is printed for a household: its letters and its card. */
export function letterRoutes() {
  const getParentRoute = () => layoutRoute
  return [
    createRoute({
      getParentRoute,
      path: '/households/$ref/letters',
      validateSearch: z.object({ kind: LetterKind.optional().catch(undefined) }),
      component: lazyRouteComponent(
        () => withTexts(['letters'], import('./letters-page.tsx')),
        'LettersPage',
      ),
    }),
    createRoute({
      getParentRoute,
      path: '/contact-cards',
      validateSearch: z.object({
        area: z.coerce.number().int().optional().catch(undefined),
        household: z.uuid().optional().catch(undefined),
      }),
      component: lazyRouteComponent(
        () => withTexts(['letters', 'casework'], import('./cards-page.tsx')),
        'CardsPage',
      ),
    }),
  ] as const
}
