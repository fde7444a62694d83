import { accessModule } from './modules/access/module.ts'
import { assistanceModule } from './modules/assistance/module.ts'
import { auditModule } from './modules/audit/module.ts'
import { classificationModule } from './modules/classification/module.ts'
import { cluesModule } from './modules/clues/module.ts'
import { contactModule } from './modules/contact/module.ts'
import { deadlinesModule } from './modules/deadlines/module.ts'
import { divisionsModule } from './modules/divisions/module.ts'
import { dossierModule } from './modules/dossier/module.ts'
import { exportsModule } from './modules/exports/module.ts'
import { feedsModule } from './modules/feeds/module.ts'
import { fieldModule } from './modules/field/module.ts'
import { insightModule } from './modules/insight/module.ts'
import { intakeModule } from './modules/intake/module.ts'
import { noticesModule } from './modules/notices/module.ts'
import { operationsModule } from './modules/operations/module.ts'
import { policyModule } from './modules/policy/module.ts'
import { proceduresModule } from './modules/procedures/module.ts'
import { readersModule } from './modules/readers/module.ts'
import { registryModule } from './modules/registry/module.ts'
import { rightsModule } from './modules/rights/module.ts'
import { screeningModule } from './modules/screening/module.ts'
import { searchModule } from './modules/search/module.ts'
import { visitsModule } from './modules/visits/module.ts'
import { workbenchModule } from './modules/workbench/module.ts'

/** Every module, from the lowest up: each may use those before it. A new one is a line here. */
export const modules = [
  divisionsModule,
  accessModule,
  auditModule,
  exportsModule,
  policyModule,
  registryModule,
  readersModule,
  feedsModule,
  intakeModule,
  screeningModule,
  deadlinesModule,
  cluesModule,
  classificationModule,
  visitsModule,
  assistanceModule,
  proceduresModule,
  contactModule,
  dossierModule,
  rightsModule,
  fieldModule,
  workbenchModule,
  insightModule,
  searchModule,
  noticesModule,
  operationsModule,
] as const
