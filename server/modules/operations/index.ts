/** Whether all is well with the installation: one look at what other modules and the platform know of themselves. */
export { type Figures, readFigures } from './figures.ts'
