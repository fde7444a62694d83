export const name = { 'zh-CN': '紧急查阅', 'en-US': 'Break-glass' }
