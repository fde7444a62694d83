import { z } from 'zod'

/** Kinds of help, as the national register has them. */
export const MeasureType = z.enum([
  'industry',
  'employment',
  'public-welfare-job',
  'finance',
  'compulsory-education',
  'education-aid',
  'health',
  'housing',
  'water',
  'relocation',
  'guarantee',
  'social-help',
  'living-conditions',
  'infrastructure',
])
export type MeasureType = z.infer<typeof MeasureType>
