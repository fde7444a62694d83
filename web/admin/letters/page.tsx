import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { withTexts } from '#web/locales/i18n.ts'
import { declarationsTexts } from '../declarations/locales/index.ts'
import { inLayout } from '../shell/layout-route.ts'
import { lettersTexts } from './locales/index.ts'
import { CardSearch, LetterSearch } from './search.ts'

export const routes = [
  createRoute({
    ...inLayout,
    path: '/households/$ref/letters',
    validateSearch: LetterSearch,
    component: lazyRouteComponent(
      () => withTexts([lettersTexts], import('./letters-page.tsx')),
      'LettersPage',
    ),
  }),
  createRoute({
    ...inLayout,
    path: '/contact-cards',
    validateSearch: CardSearch,
    component: lazyRouteComponent(
      () => withTexts([lettersTexts, declarationsTexts], import('./cards-page.tsx')),
      'CardsPage',
    ),
  }),
]
