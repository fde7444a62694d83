import type { Division as PlainDivision } from '#contract/common.ts'
import { AppError } from '#server/platform/errors.ts'
import { os } from '#server/platform/http/rpc.ts'
import { findDivision, listChildren, listPath } from './queries.ts'
import { areaScope, type Division } from './rules.ts'

const plain = ({ code, name, level }: Division): PlainDivision => ({ code, name, level })

export const divisionRoutes = {
  get: os.divisions.get.handler(
    async ({
      input: { code },
      context: {
        deps,
        me: { scope },
      },
    }) => {
      const { db } = deps.database
      const { from, to } = areaScope(code)
      const division = from >= scope.from && to <= scope.to ? await findDivision(db, code) : undefined
      if (!division) throw new AppError('not-found', { what: 'division' })
      const [path, children] = await Promise.all([listPath(db, code), listChildren(db, code)])
      return { division: plain(division), path: path.map(plain), children: children.map(plain) }
    },
  ),
}
