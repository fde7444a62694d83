export const name = { 'zh-CN': '户档案', 'en-US': 'Households' }
