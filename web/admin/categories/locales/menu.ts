export const name = { 'zh-CN': '分类管理', 'en-US': 'Classification' }
