export const name = { 'zh-CN': '密钥', 'en-US': 'Keys' }
