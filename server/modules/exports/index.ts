/**
 * Lists taken away as files: the register, the second person above the limit, and the marks in every file. What can be exported
 * is handed in by the modules it belongs to. Published tables: `export`, `export_item`.
 */
export { findMarks, findNumbers } from './marks.ts'
export { exportNow } from './operations.ts'
export { TakenMeter } from './taken/meter.ts'
