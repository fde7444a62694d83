export const name = { 'zh-CN': '运行状况', 'en-US': 'Operations' }
