import type { Names } from '../../shell/brought.ts'

/** Lists that can be taken away. */
export const exportNames: Names = {
  accounts: { 'zh-CN': '账号名单', 'en-US': 'List of accounts' },
  'account-requests': { 'zh-CN': '账号申请', 'en-US': 'Account requests' },
}
