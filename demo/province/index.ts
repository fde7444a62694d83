/**
 * A synthetic province: files in the shapes in which departments send them, and how they come in. What happens in it is lived in
 * `demo/lives`.
 */
export { generateProvince, writeSettlements } from '#demo/lives/index.ts'
export { type Dirt, noDirt, ordinaryDirt } from './calibration.ts'
export { importProvince } from './import-province.ts'
export type { Delivery, Manifest } from './outgoing/deliveries.ts'
