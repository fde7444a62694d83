export const name = { 'zh-CN': '审计', 'en-US': 'Audit' }
