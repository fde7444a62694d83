/** Why figures of a household are unknown: no data ever, too old, a late source, an open end, a policy figure that is not set. */
export { whyUndecided, whyUnknown } from './why-unknown.ts'
