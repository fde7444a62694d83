import type { World } from './world.ts'

/** One round of work under one fault. */
export interface Episode {
  /** Distinguishes what it writes from every other's. */
  name: string
  number: number
  world: World
  /** Lines of a file of settlements, the first its head. */
  lines: readonly string[]
  /** Rows of the same file that a calm round brings in. */
  expected: number | undefined
  /** Resolves once the fault has struck and is over. */
  isOver(): boolean
}

/** What its client was told is done, against what is there; a calm look, once all is over. */
export interface Judgement {
  lost: string[]
  doubled: string[]
}

/** Work that is under way when the fault strikes. */
export interface Work {
  name: string
  /** Whether the world's layout lets it run. */
  fits?(world: World): boolean
  /** Goes on, as its client would, until it was acknowledged; passes its moments 1 to 5 in turn. */
  run(
    episode: Episode,
    pass: (moment: number) => Promise<void>,
  ): Promise<(() => Promise<Judgement>) | undefined>
}
