import type { Role } from './capabilities.ts'

/** masked: parts of it, enough to distinguish one from another; hidden: only that there is one. Nothing is shown in full unless requested. */
export type MaskForm = 'masked' | 'hidden'

export interface Masks {
  idNumber: MaskForm
  phone: MaskForm
  bankCard: MaskForm
}

const caseWorker: Masks = { idNumber: 'masked', phone: 'masked', bankCard: 'masked' }
/** Who watches the work needs no number of anybody. */
const onlooker: Masks = { idNumber: 'hidden', phone: 'hidden', bankCard: 'hidden' }

/** How each role sees the numbers of people; one table for every page and file. */
export const masks: Record<Role, Masks> = {
  clerk: caseWorker,
  checker: caseWorker,
  leader: caseWorker,
  township: caseWorker,
  village: { ...caseWorker, bankCard: 'hidden' },
  'team-member': { ...caseWorker, bankCard: 'hidden' },
  helper: { ...caseWorker, bankCard: 'hidden' },
  household: caseWorker,
  supervisor: onlooker,
  department: onlooker,
  'support-unit': onlooker,
  bank: onlooker,
  donor: onlooker,
  'system-admin': onlooker,
  'security-admin': onlooker,
  'audit-admin': onlooker,
}
