export const name = { 'zh-CN': '更正申请', 'en-US': 'Corrections' }
