export const name = { 'zh-CN': '留存清理', 'en-US': 'Retention' }
