import type { Division } from '#contract/common.ts'
import type { DeclarationPlaces } from '#contract/contact/declarations.ts'
import { listChildren, listPath } from '#server/modules/divisions/index.ts'
import { packOn } from '#server/modules/screening/index.ts'
import { AppError } from '#server/platform/errors.ts'
import type { Services } from '#server/platform/http/rpc.ts'

const province = 340_000_000_000
const plain = ({ code, name, level }: Division): Division => ({ code, name, level })

/** What lies in a place, down to the villages, and the way there; throws `not-found` for a code that is no place. */
export async function listDeclarationPlaces(
  { database: { db }, clock }: Pick<Services, 'database' | 'clock'>,
  area: number = province,
): Promise<DeclarationPlaces> {
  const [path, places] = await Promise.all([listPath(db, area), listChildren(db, area)])
  if (path.length === 0) throw new AppError('not-found', { what: 'division' })
  return { hotline: packOn(clock.today()).hotline, path: path.map(plain), places: places.map(plain) }
}
