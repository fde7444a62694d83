/**
 * What was done, kept so that it can be proved: entries are written by `platform/audit.ts` in the transaction of what they record,
 * and sealed here into a chain. Published tables: `audit_entry`, `audit_seal`.
 */
export { type Anchors, anchorFileIn, fileAnchors, readAnchors } from './chain/anchors.ts'
export { sealPending, startSealing } from './chain/sealing.ts'
export { chainStatus } from './chain/status.ts'
export { type Fault, type Findings, verifyAnchors, verifyChain } from './chain/verify.ts'
export { type PublishedPolicy, publishPolicy } from './publication.ts'
