export const name = { 'zh-CN': '政策规则', 'en-US': 'Policy' }
