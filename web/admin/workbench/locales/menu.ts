export const name = { 'zh-CN': '工作台', 'en-US': 'Workbench' }
