export const name = { 'zh-CN': '数据比对', 'en-US': 'Comparison' }
