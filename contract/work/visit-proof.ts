import { z } from 'zod'

/** A signature as it was drawn: strokes of points on a field of 1000 × 400. */
export const Signature = z.object({
  who: z.enum(['first-visitor', 'second-visitor', 'household']),
  name: z.string().trim().min(1).max(40),
  strokes: z
    .array(z.array(z.tuple([z.number().int().min(0).max(1000), z.number().int().min(0).max(400)])).max(600))
    .min(1)
    .max(80),
})
export type Signature = z.infer<typeof Signature>

export const VisitPosition = z.object({
  latitude: z.number().min(-90).max(90),
  longitude: z.number().min(-180).max(180),
  accuracyMetres: z.number().int().min(0).max(100_000),
})
