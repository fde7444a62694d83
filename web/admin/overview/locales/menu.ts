export const name = { 'zh-CN': '一张图', 'en-US': 'Overview' }
