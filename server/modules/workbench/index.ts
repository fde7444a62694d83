/**
 * What is to be done, by whom and until when, put together from the tasks that modules bring.
 */
export { getReminder, getWorkbench, viewerOf } from './view.ts'
