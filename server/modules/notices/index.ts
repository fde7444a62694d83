/**
 * What happened and concerns an account, put together from the notices that modules bring; only how far it has read is kept.
 */
export { countUnread, listNotices } from './notices.ts'
