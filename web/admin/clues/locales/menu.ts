export const name = { 'zh-CN': '预警清单', 'en-US': 'Clues' }
