export const name = { 'zh-CN': '识别与消除', 'en-US': 'Identification' }
