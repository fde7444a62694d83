export const name = { 'zh-CN': '我家的档案', 'en-US': 'Our record' }
