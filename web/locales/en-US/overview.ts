import type { Shape } from '../shape.ts'
import type { overview as zh } from '../zh-CN/overview.ts'

export const overview: Shape<typeof zh> = {}
