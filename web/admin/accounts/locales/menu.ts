export const name = { 'zh-CN': '账号管理', 'en-US': 'Accounts' }
