import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { z } from 'zod'
import { withTexts } from '#web/locales/i18n.ts'
import { layoutRoute } from './layout-route.ts'
import { letterRoutes } from './letters/routes.tsx'
import {
  AccountSearch,
  AuditSearch,
  BatchSearch,
  CaseSearch,
  CategorySearch,
  ClueSearch,
  CorrectionSearch,
  DueVisitSearch,
  HouseholdSearch,
  IntakeSearch,
  LadderSearch,
  OverviewSearch,
  PlanSearch,
  PublicListSearch,
  page,
  SpellSearch,
  WorkbenchSearch,
} from './searches.ts'

/** The pages below the layout, each loaded when it is first opened. */
export function pageRoutes() {
  const getParentRoute = () => layoutRoute
  return [
    createRoute({
      getParentRoute,
      path: '/workbench',
      validateSearch: WorkbenchSearch,
      component: lazyRouteComponent(
        () => withTexts(['workbench'], import('./workbench/workbench-page.tsx')),
        'WorkbenchPage',
      ),
    }),
    createRoute({
      getParentRoute,
      path: '/workbench/ladder',
      validateSearch: LadderSearch,
      component: lazyRouteComponent(
        () => withTexts(['workbench'], import('./workbench/ladder-page.tsx')),
        'LadderPage',
      ),
    }),
    createRoute({
      getParentRoute,
      path: '/overview',
      validateSearch: OverviewSearch,
      component: lazyRouteComponent(
        () => withTexts(['overview'], import('./overview/overview-page.tsx')),
        'OverviewPage',
      ),
    }),
    createRoute({
      getParentRoute,
      path: '/clues',
      validateSearch: ClueSearch,
      component: lazyRouteComponent(
        () => withTexts(['exports', 'casework'], import('./clues/clues-page.tsx')),
        'CluesPage',
      ),
    }),
    createRoute({
      getParentRoute,
      path: '/clues/$id',
      validateSearch: ClueSearch,
      component: lazyRouteComponent(
        () => withTexts(['exports', 'casework'], import('./clues/clues-page.tsx')),
        'CluesPage',
      ),
    }),
    createRoute({
      getParentRoute,
      path: '/declarations',
      validateSearch: OverviewSearch,
      component: lazyRouteComponent(
        () => withTexts(['casework'], import('./declarations/declarations-page.tsx')),
        'DeclarationsPage',
      ),
    }),
    createRoute({
      getParentRoute,
      path: '/visits/due',
      validateSearch: DueVisitSearch,
      component: lazyRouteComponent(
        () => withTexts(['casework'], import('./visits/due-page.tsx')),
        'DueVisitsPage',
      ),
    }),
    createRoute({
      getParentRoute,
      path: '/visits/$id',
      component: lazyRouteComponent(
        () => withTexts(['casework'], import('./visits/visit-page.tsx')),
        'VisitPage',
      ),
    }),
    createRoute({
      getParentRoute,
      path: '/cases',
      validateSearch: CaseSearch,
      component: lazyRouteComponent(
        () => withTexts(['cases'], import('./cases/cases-page.tsx')),
        'CasesPage',
      ),
    }),
    createRoute({
      getParentRoute,
      path: '/cases/public-list',
      validateSearch: PublicListSearch,
      component: lazyRouteComponent(
        () => withTexts(['cases'], import('./cases/public-list-page.tsx')),
        'PublicListPage',
      ),
    }),
    createRoute({
      getParentRoute,
      path: '/cases/$id',
      component: lazyRouteComponent(
        () => withTexts(['cases', 'casework'], import('./cases/case-page.tsx')),
        'CasePage',
      ),
    }),
    createRoute({
      getParentRoute,
      path: '/categories',
      validateSearch: CategorySearch,
      component: lazyRouteComponent(
        () => withTexts(['categories'], import('./categories/categories-page.tsx')),
        'CategoriesPage',
      ),
    }),
    createRoute({
      getParentRoute,
      path: '/plans',
      validateSearch: PlanSearch,
      component: lazyRouteComponent(
        () => withTexts(['plans'], import('./plans/plans-page.tsx')),
        'PlansPage',
      ),
    }),
    createRoute({
      getParentRoute,
      path: '/categories/households',
      validateSearch: SpellSearch,
      component: lazyRouteComponent(
        () => withTexts(['categories'], import('./categories/spells-page.tsx')),
        'SpellsPage',
      ),
    }),
    createRoute({
      getParentRoute,
      path: '/plans/$ref',
      component: lazyRouteComponent(
        () => withTexts(['plans'], import('./plans/plan-sheet-page.tsx')),
        'PlanSheetPage',
      ),
    }),
    createRoute({
      getParentRoute,
      path: '/households',
      validateSearch: HouseholdSearch,
      component: lazyRouteComponent(
        () => withTexts(['households', 'exports', 'secrets'], import('./households/households-page.tsx')),
        'HouseholdsPage',
      ),
    }),
    createRoute({
      getParentRoute,
      path: '/households/$ref',
      validateSearch: z.object({ knownOn: z.iso.date().optional().catch(undefined) }),
      component: lazyRouteComponent(
        () =>
          withTexts(
            ['households', 'secrets', 'casework', 'cases', 'plans', 'letters'],
            import('./households/household-page.tsx'),
          ),
        'HouseholdPage',
      ),
    }),
    ...letterRoutes(),
    createRoute({
      getParentRoute,
      path: '/intake',
      validateSearch: IntakeSearch,
      component: lazyRouteComponent(
        () => withTexts(['intake'], import('./intake/intake-page.tsx')),
        'IntakePage',
      ),
    }),
    createRoute({
      getParentRoute,
      path: '/intake/$ref',
      validateSearch: BatchSearch,
      component: lazyRouteComponent(
        () => withTexts(['intake'], import('./intake/batch-page.tsx')),
        'BatchPage',
      ),
    }),
    createRoute({
      getParentRoute,
      path: '/policy',
      validateSearch: z.object({ q: z.string().optional(), pack: z.string().optional() }),
      component: lazyRouteComponent(
        () => withTexts(['policy'], import('./policy/policy-page.tsx')),
        'PolicyPage',
      ),
    }),
    createRoute({
      getParentRoute,
      path: '/accounts',
      validateSearch: AccountSearch,
      component: lazyRouteComponent(
        () => withTexts(['accounts'], import('./accounts/accounts-page.tsx')),
        'AccountsPage',
      ),
    }),
    createRoute({
      getParentRoute,
      path: '/exports',
      validateSearch: z.object({ page }),
      component: lazyRouteComponent(
        () => withTexts(['exports'], import('./exports/exports-page.tsx')),
        'ExportsPage',
      ),
    }),
    createRoute({
      getParentRoute,
      path: '/break-glass',
      validateSearch: z.object({}),
      component: lazyRouteComponent(
        () => withTexts(['secrets'], import('./secrets/break-glass-page.tsx')),
        'BreakGlassPage',
      ),
    }),
    createRoute({
      getParentRoute,
      path: '/audit',
      validateSearch: AuditSearch,
      component: lazyRouteComponent(
        () => withTexts(['audit'], import('./audit/audit-page.tsx')),
        'AuditPage',
      ),
    }),
    createRoute({
      getParentRoute,
      path: '/own-record',
      component: lazyRouteComponent(
        () =>
          withTexts(
            ['rights', 'secrets', 'households', 'letters', 'casework', 'cases', 'plans'],
            import('./own-record/own-record-page.tsx'),
          ),
        'OwnRecordPage',
      ),
    }),
    createRoute({
      getParentRoute,
      path: '/corrections',
      validateSearch: CorrectionSearch,
      component: lazyRouteComponent(
        () => withTexts(['rights'], import('./corrections/corrections-page.tsx')),
        'CorrectionsPage',
      ),
    }),
    createRoute({
      getParentRoute,
      path: '/retention',
      component: lazyRouteComponent(
        () => withTexts(['rights'], import('./retention/retention-page.tsx')),
        'RetentionPage',
      ),
    }),
    createRoute({
      getParentRoute,
      path: '/keys',
      component: lazyRouteComponent(() => withTexts(['rights'], import('./keys/keys-page.tsx')), 'KeysPage'),
    }),
    createRoute({
      getParentRoute,
      path: '/me',
      component: lazyRouteComponent(() => withTexts(['me', 'signIn'], import('./me/me-page.tsx')), 'MePage'),
    }),
  ] as const
}
