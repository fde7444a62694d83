export const exitCodes = { ok: 0, failure: 1, usage: 2, refused: 3, notFound: 4, configuration: 5 } as const

/** Ends a command with a message for the user and a code for the caller. */
export class Refusal extends Error {
  readonly exitCode: number
  constructor(message: string, exitCode: number = exitCodes.refused) {
    super(message)
    this.exitCode = exitCode
  }
}
