/** Workbooks to be filled in for a feed, made from its definition. */
export { feedExample, feedTemplate } from './feed-template.ts'
