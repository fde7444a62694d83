export const name = { 'zh-CN': '导出登记', 'en-US': 'Exports' }
