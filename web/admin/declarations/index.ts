export { UnmatchedNotice } from './unmatched-notice.tsx'
