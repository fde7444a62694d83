import type { Cause, Localized } from '#contract/common.ts'
import { type Letter, LetterKind } from '#contract/contact/letters.ts'
import { isOverdue } from '#contract/work/standing.ts'
import type { letterValues, PolicyPack } from '#server/modules/policy/index.ts'
import type { HouseholdNow } from './queries.ts'

type ValueOf<K extends LetterKind> = (typeof letterValues)[K][number]

/** A day so many working days after another; null for a year without published holidays. */
export interface Limits {
  verify(openedOn: string): string | null
  notice(closedOn: string): string | null
  recheck(closedOn: string): string | null
}

/**
 * The letters of where a household is: what runs now, and what ended lately. Pure: the texts are in the policy pack, when
 * something is due comes from the limits. Newest first; of one day the later step first.
 */
export function composeLetters(
  pack: PolicyPack,
  now: HouseholdNow,
  { limits, today }: { limits: Limits; today: string },
): Letter[] {
  const { letters } = pack
  const all: Letter[] = []
  const isPast = (dueOn: string | null) => isOverdue({ dueOn }, today)
  // A day that is over would read like mockery.
  const by = (date: string | null) =>
    date === null || isPast(date) ? letters.soon : fill(letters.by, { day: formatDay(date) })
  const shared = {
    head: same(now.headName),
    village: same(now.village),
    office: same(now.township),
    hotline: same(pack.hotline),
  }
  function add<K extends LetterKind>(
    kind: K,
    on: string,
    values: Record<ValueOf<K>, Localized>,
    { awaited = null, noticeBy = null }: { awaited?: string | null; noticeBy?: string | null } = {},
  ) {
    const texts = letters.kinds.get(kind)
    if (!texts) throw new Error(`no letter ${kind}`)
    const inWords = (text: Localized) => fill(text, { ...shared, ...(values as Record<string, Localized>) })
    const sorry = isPast(awaited) ? inWords(letters.late) : { zh: '', en: '' }
    const next = inWords(texts.next)
    all.push({
      ...{ kind, on, noticeBy },
      title: inWords(texts.title),
      paragraphs: [
        { head: letters.heads.saw, text: inWords(texts.saw) },
        { head: letters.heads.means, text: inWords(texts.means) },
        {
          head: letters.heads.next,
          text: { zh: sorry.zh + next.zh, en: `${sorry.en} ${next.en}`.trim() },
        },
      ],
      sms: inWords(texts.sms),
      call: inWords(letters.call),
    })
  }
  const causesOf = (clues: HouseholdNow['clues']) =>
    describeCauses(pack, [...new Set(clues.map(({ cause }) => cause))])

  const waiting = now.clues.filter(({ state }) => state === 'new' || state === 'dispatched')
  if (waiting[0]) {
    const due = earliest(waiting.map(({ dueOn, openedOn }) => dueOn ?? limits.verify(openedOn)))
    // Late is what is overdue for whoever has it, and what the household was told of a day that passed.
    const awaited = earliest([due, ...waiting.map(({ nextDueOn }) => nextDueOn)])
    add('flagged', waiting[0].openedOn, { causes: causesOf(waiting), due: by(due) }, { awaited })
  }
  for (const { state, on, dueOn, decisionDueOn, visitor } of now.visits) {
    if (state === 'planned')
      add('visit-planned', on, { visitor: same(visitor), due: by(dueOn) }, { awaited: dueOn })
    else add('visited', on, { due: by(decisionDueOn) }, { awaited: decisionDueOn })
  }
  for (const [closedOn, clues] of byEnd(now.clues, 'excluded')) {
    const notice = limits.notice(closedOn)
    const reason = letters.reasons[clues[0]?.reason ?? 'other']
    add('excluded', closedOn, { causes: causesOf(clues), reason, notice: by(notice) }, { noticeBy: notice })
  }
  for (const [closedOn, clues] of byEnd(now.clues, 'solved'))
    add('solved', closedOn, { causes: causesOf(clues), recheck: by(limits.recheck(closedOn)) })
  for (const one of now.cases) addCase(one)
  if (now.spell?.risk === 'open') addHelp(now.spell)
  if (now.spell?.risk === 'resolved') add('resolved', now.spell.fromOn, {})
  const rank = ({ kind }: Letter) => LetterKind.options.indexOf(kind)
  return all.toSorted((a, b) => b.on.localeCompare(a.on) || rank(b) - rank(a))

  function addHelp({ because, fromOn, category }: NonNullable<HouseholdNow['spell']>) {
    const { plan } = now
    const first = by(plan?.firstDueOn ?? null)
    const begun = plan !== null && plan.types.length > 0
    add(
      because === 'reopened' ? 'reopened' : 'entered',
      fromOn,
      { category: categoryOf(category), plan: by(plan?.dueOn ?? null), first },
      { awaited: begun ? null : (plan?.dueOn ?? null) },
    )
    if (!begun) return
    const names = pack.measures.types.filter(({ id }) => plan.types.includes(id)).map(({ name }) => name)
    add('plan', plan.changedOn ?? plan.openedOn, { measures: list(names), first })
  }

  function addCase(one: HouseholdNow['cases'][number]) {
    const { kind, state, step, movedOn, dueOn, from, until, board, closedOn, endedAt } = one
    const total = by(one.totalDueOn)
    const awaited = one.totalDueOn
    if (kind === 'resolution') {
      if (state === 'running') add('resolving', one.openedOn, { total }, { awaited })
      return
    }
    if (closedOn !== null) {
      if (state === 'entered') return
      const notice = limits.notice(closedOn)
      const reason =
        letters.refusals[state === 'dropped' ? 'dropped' : endedAt === 'review' ? 'review' : 'approval']
      add('refused', closedOn, { reason, notice: by(notice) }, { noticeBy: notice })
      return
    }
    if (step === 'authorise') add('authorise', movedOn, { due: by(dueOn), total }, { awaited: dueOn })
    else if (step === 'announce' || step === 'enter')
      add('approved', movedOn, { category: categoryOf(one.category), due: by(dueOn) }, { awaited: dueOn })
    else if (from !== null && until !== null)
      add(
        'publicity',
        from,
        {
          ...{ from: formatDay(from), until: formatDay(until), total },
          board: board ? same(board) : letters.board,
        },
        { awaited },
      )
    else add('review', movedOn, { total }, { awaited })
  }

  function categoryOf(category: string | null): Localized {
    const { categories } = letters
    return category !== null && category in categories
      ? categories[category as keyof typeof categories]
      : categories.other
  }
}

function describeCauses({ causes, letters }: PolicyPack, which: readonly Cause[]): Localized {
  return list(
    which.map((cause) =>
      cause === 'other'
        ? letters.otherCause
        : (causes.find(({ id }) => id === cause)?.plain ?? letters.otherCause),
    ),
  )
}

function byEnd(clues: HouseholdNow['clues'], state: 'excluded' | 'solved') {
  const ended = clues.filter((clue) => clue.state === state)
  return Map.groupBy(ended, ({ closedOn }) => closedOn ?? '')
}

const same = (text: string): Localized => ({ zh: text, en: text })
const list = (texts: readonly Localized[]): Localized => ({
  zh: texts.map(({ zh }) => zh).join('；'),
  en: texts.map(({ en }) => en).join('; '),
})
const earliest = (days: readonly (string | null)[]) =>
  days.filter((one) => one !== null).toSorted()[0] ?? null

/** 3月17日（星期二）, for nobody reads 2020-03-17 aloud. */
function formatDay(day: string): Localized {
  const date = new Date(`${day}T00:00:00Z`)
  const part = (language: string, options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(language, { ...options, timeZone: 'UTC' }).format(date)
  const zh = `${part('zh-CN', { month: 'long', day: 'numeric' })}（${part('zh-CN', { weekday: 'long' })}）`
  return { zh, en: part('en-GB', { weekday: 'long', day: 'numeric', month: 'long' }) }
}

function fill({ zh, en }: Localized, values: Record<string, Localized>): Localized {
  const put = (text: string, language: keyof Localized) =>
    text.replaceAll(/\{(\w+)\}/g, (_, name: string) => values[name]?.[language] ?? '')
  return { zh: put(zh, 'zh'), en: put(en, 'en') }
}
