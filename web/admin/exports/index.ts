/** How a list leaves, from whatever page shows it. */
export { ListExport } from './list-export.tsx'
