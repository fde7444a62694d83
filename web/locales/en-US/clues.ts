import type { Shape } from '../shape.ts'
import type { clues as zh } from '../zh-CN/clues.ts'

export const clues: Shape<typeof zh> = {}
