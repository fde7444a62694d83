import type { LeftAlone, Question, Questions, RouteName } from '#server/manifest/leak-questions.ts'
import type { Module } from '#server/manifest/module.ts'
import { modules } from '#server/modules.ts'

type Brought = (typeof modules)[number]
type Questioned = Brought extends infer M ? (M extends { questions: infer Q } ? keyof Q : never) : never
type Served<M> = M extends { routes: infer R }
  ? { [G in keyof R & string]: `${G}.${keyof R[G] & string}` }[keyof R & string]
  : never
/** Routes a module serves and does not ask itself. */
type Uncovered<M> = M extends { questions: infer Q } ? Exclude<Served<M>, keyof Q> : Served<M>

const all: Questions = Object.assign({}, ...(modules as readonly Module[]).map(({ questions }) => questions))

/** The question for every route, from its module. A route that is added without a question does not compile. */
export const questions: Record<RouteName, Question | LeftAlone> = all as Record<
  Questioned,
  Question | LeftAlone
>

/** Each module asks about its own routes: one that leaves this to another does not compile either. */
export const coveredByOthers: [Uncovered<Brought>] extends [never] ? readonly [] : never = []

export const questionOf = (name: RouteName): Question | undefined => {
  const question = questions[name]
  return 'leftAlone' in question ? undefined : question
}
