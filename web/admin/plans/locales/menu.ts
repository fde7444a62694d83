export const name = { 'zh-CN': '帮扶计划', 'en-US': 'Plans' }
