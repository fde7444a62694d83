import type { Shape } from '../shape.ts'
import type { households as zh } from '../zh-CN/households.ts'

export const households: Shape<typeof zh> = {}
