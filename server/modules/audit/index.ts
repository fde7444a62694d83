/**
 * What was done, kept so that it can be proved: entries are written by `platform/audit.ts` in the transaction of what they tell,
 * and sealed here into a chain. Published tables: `audit_entry`, `audit_seal`.
 */
export { type Anchors, anchorFileIn, fileAnchors } from './anchors.ts'
export { type Sealer, type SealingDeps, sealPending, startSealing } from './sealing.ts'
export { type Fault, type Findings, verifyChain } from './verify.ts'
