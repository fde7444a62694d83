import type { Batch } from '#contract/feeds/feeds.ts'

export const stageNames = ['receive', 'check', 'match', 'merge', 'screen'] as const
export type StageName = (typeof stageNames)[number]
export type StageState = 'done' | 'running' | 'waiting' | 'held' | 'failed' | 'refused' | 'skipped'

export interface Stage {
  name: StageName
  state: StageState
}

export type StagedBatch = Pick<Batch, 'state' | 'progress' | 'counts'>

const waitingFor = { received: 'check', checked: 'match', matched: 'merge' } as const

/** Whether the batch goes on by itself, so that it pays to look again. */
export function isRunning({ state }: Pick<Batch, 'state'>): boolean {
  return state === 'received' || state === 'checked' || state === 'matched'
}

/** The five stages of a batch as people see them; exactly one of them is where it stands unless all is done. */
export function stagesOf(batch: StagedBatch): Stage[] {
  const [at, state] = position(batch)
  const place = stageNames.indexOf(at)
  return stageNames.map((name, i) => {
    if (i < place) return { name, state: 'done' }
    return { name, state: i === place ? state : after(batch, state) }
  })
}

function position(batch: StagedBatch): [StageName, StageState] {
  switch (batch.state) {
    case 'received':
    case 'checked':
    case 'matched':
      return [batch.progress?.stage ?? waitingFor[batch.state], batch.progress ? 'running' : 'waiting']
    case 'held':
      return ['merge', 'held']
    case 'refused':
      return ['merge', 'refused']
    case 'failed':
      return [failedAt(batch), 'failed']
    case 'unchanged':
      return ['merge', 'skipped']
    case 'merged':
      return ['screen', 'done']
  }
}

/** The counts show how far it came: those of a stage are known only once that stage was over. */
function failedAt({ counts }: StagedBatch): StageName {
  if (counts.total === undefined) return 'check'
  return counts.exact === undefined ? 'match' : 'merge'
}

function after({ state }: StagedBatch, at: StageState): StageState {
  return state === 'unchanged' && at === 'skipped' ? 'skipped' : 'waiting'
}
