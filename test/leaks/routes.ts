import type { contract } from '#contract/index.ts'

type Contract = typeof contract
/** Every typed route as `group.name`. */
export type RouteName = {
  [G in keyof Contract & string]: `${G}.${keyof Contract[G] & string}`
}[keyof Contract & string]

/** Something to ask about: `own` lies in the asker's scope where it has any, `foreign` outside it, `absent` nowhere. */
export type Whose = 'own' | 'foreign' | 'absent'

/** Gives references of things of the world to one asker. */
export interface Picker {
  household(whose: Whose): string
  householdNumber(whose: Whose): string
  person(whose: Whose): string
  clue(whose: Whose): string
  batch(whose: Whose): string
  account(whose: Whose): string
  division(whose: Whose): number
  /** A reference of a kind that other routes make: export, break-glass, correction, alarm. */
  made(
    kind:
      | 'export'
      | 'break-glass'
      | 'correction'
      | 'alarm'
      | 'retention-run'
      | 'visit'
      | 'case'
      | 'plan'
      | 'measure'
      | 'field-device',
    whose: Whose,
  ): string
  /** Some text to search by, that finds somebody of the world. */
  search(whose: Whose): string
  number(below: number): number
}

/** Chosen before any reference is drawn, so that the same seed asks the same question about something else. */
function oneOf(pick: Picker, ways: readonly (() => unknown)[]): unknown {
  return ways[pick.number(ways.length)]?.()
}

/** What a route is asked, or null where it is about nobody. A route that is added without a line here does not compile. */
export const questions: Record<RouteName, (pick: Picker, whose: Whose) => unknown> = {
  'session.me': () => undefined,
  'session.options': () => undefined,
  'session.demo': () => undefined,
  'session.list': () => undefined,
  'session.revoke': (pick, whose) => ({ id: pick.account(whose) }),
  'session.revokeOthers': () => undefined,
  'accounts.list': (pick, whose) => ({ area: pick.division(whose), page: 1 + pick.number(2) }),
  'accounts.get': (pick, whose) => ({ id: pick.account(whose) }),
  'accounts.create': (pick, whose) => ({
    username: `neu-${pick.number(1e9)}`,
    name: '新建 演示',
    role: 'village',
    area: pick.division(whose),
    department: null,
  }),
  'accounts.move': (pick, whose) => ({ id: pick.account(whose), area: pick.division(whose), reason: '试' }),
  'accounts.suspend': (pick, whose) => ({ id: pick.account(whose), reason: '试' }),
  'accounts.resume': (pick, whose) => ({ id: pick.account(whose), reason: '试' }),
  'accounts.unlock': (pick, whose) => ({ id: pick.account(whose) }),
  'accounts.resetPassword': (pick, whose) => ({ id: pick.account(whose), reason: '试' }),
  'accounts.resetSecondFactor': (pick, whose) => ({ id: pick.account(whose), reason: '试' }),
  'accounts.takeBack': () => ({ id: '018f0000-0000-7000-8000-000000000001', reason: '试试' }),
  'accounts.handover': (pick, whose) => ({
    id: pick.account(whose),
    to: pick.account(whose),
    reason: '试',
    dryRun: true,
  }),
  'divisions.get': (pick, whose) => ({ code: pick.division(whose) }),
  'overview.get': (pick, whose) => (pick.number(2) ? {} : { area: pick.division(whose) }),
  'clues.list': (pick, whose) =>
    oneOf(pick, [
      () => ({}),
      () => ({ area: pick.division(whose) }),
      () => ({ q: pick.search(whose) }),
      () => ({ level: ['red'], sort: 'name', size: 200 }),
      () => ({ state: ['new', 'dispatched', 'cleared'], overdue: true }),
    ]),
  'clues.get': (pick, whose) => ({ id: pick.clue(whose) }),
  'clues.dispatch': (pick, whose) => ({
    ids: [pick.clue(whose), pick.clue('own')],
    to: 'village',
    deadlineWorkingDays: 3,
    dryRun: true,
  }),
  'clues.recall': (pick, whose) => ({ ids: [pick.clue(whose)], reason: '试' }),
  'clues.report': (pick, whose) => ({
    household: pick.household(whose === 'own' ? 'absent' : whose),
    cause: 'illness',
    text: '试',
    request: '018f0000-0000-7000-8000-000000000001',
  }),
  'visits.due': (pick, whose) =>
    oneOf(pick, [
      () => ({}),
      () => ({ area: pick.division(whose) }),
      () => ({ area: pick.division(whose), grade: 'red' }),
    ]),
  'visits.dueSums': (pick, whose) => oneOf(pick, [() => ({}), () => ({ area: pick.division(whose) })]),
  'visits.planDue': (pick, whose) => ({ households: [pick.household(whose === 'own' ? 'absent' : whose)] }),
  'visits.list': (pick) => oneOf(pick, [() => ({}), () => ({ mine: true }), () => ({ state: ['reported'] })]),
  'visits.get': (pick, whose) => ({ id: pick.made('visit', whose) }),
  'visits.visitors': (pick, whose) => ({ clue: pick.clue(whose) }),
  'visits.assign': (pick, whose) => ({
    clues: [pick.clue(whose)],
    visitor: pick.account(whose),
    dryRun: true,
  }),
  'visits.plan': (pick, whose) => ({
    household: pick.household(whose === 'own' ? 'absent' : whose),
    purpose: 'routine',
    visitor: pick.account(whose),
    dueOn: '2020-03-20',
  }),
  'visits.report': (pick, whose) => ({
    id: pick.made('visit', whose === 'own' ? 'absent' : whose),
    version: 1,
    report: '018f0000-0000-7000-8000-000000000002',
    startedAt: '2020-03-10T01:00:00Z',
    endedAt: '2020-03-10T02:00:00Z',
    secondVisitor: '试',
    met: null,
    items: [{ item: 'food', result: 'good' }],
    incomePerHeadFen: null,
    rigidSpendingFen: null,
    findings: [],
    position: null,
    photos: [],
    signatures: [],
  }),
  'visits.settle': (pick, whose) => ({ id: pick.made('visit', whose), decisions: [] }),
  'visits.cancel': (pick, whose) => ({
    id: pick.made('visit', whose === 'own' ? 'absent' : whose),
    reason: '试',
  }),
  'cases.list': (pick, whose) =>
    oneOf(pick, [
      () => ({}),
      () => ({ area: pick.division(whose) }),
      () => ({ household: pick.household(whose) }),
      () => ({ state: ['running', 'entered'], overdue: true }),
    ]),
  'cases.get': (pick, whose) => ({ id: pick.made('case', whose) }),
  'cases.step': (pick, whose) => ({ id: pick.made('case', whose), input: { step: 'compare' } }),
  'cases.explainFlag': (pick, whose) => ({
    id: pick.made('case', whose),
    flag: pick.clue('absent'),
    explanation: '试',
  }),
  'cases.decideFlag': (pick, whose) => ({
    id: pick.made('case', whose),
    flag: pick.clue('absent'),
    decision: 'accepted',
    reason: '试',
  }),
  'cases.object': (pick, whose) => ({ id: pick.made('case', whose), by: '试', text: '试' }),
  'cases.answerObjection': (pick, whose) => ({
    id: pick.made('case', whose),
    objection: pick.clue('absent'),
    outcome: 'dismissed',
    finding: '试',
  }),
  'cases.drop': (pick, whose) => ({
    id: pick.made('case', whose === 'own' ? 'absent' : whose),
    reason: '试',
  }),
  'cases.pause': (pick, whose) => ({
    id: pick.made('case', whose === 'own' ? 'absent' : whose),
    pause: true,
    reason: '试',
  }),
  'cases.greenChannel': (pick, whose) => ({
    id: pick.made('case', whose === 'own' ? 'absent' : whose),
    reason: '试',
  }),
  'cases.resolve': (pick, whose) => ({ household: pick.household(whose), way: 'helped', dryRun: true }),
  'cases.publicList': (pick, whose) =>
    oneOf(pick, [
      () => ({ kind: 'identification', step: 'publicity' }),
      () => ({ kind: 'identification', step: 'publicity', area: pick.division(whose) }),
    ]),
  'categories.summary': (pick, whose) => (pick.number(2) ? {} : { area: pick.division(whose) }),
  'categories.reconcile': (pick, whose) => ({
    area: pick.division(whose),
    from: '2019-09-01',
    to: '2020-03-10',
  }),
  // Names of villages are known to everybody; what it shows is about nobody.
  'declarations.form': () => ({ village: 341_221_001_003 }),
  'categories.spells': (pick, whose) =>
    oneOf(pick, [
      () => ({}),
      () => ({ area: pick.division(whose), risk: ['open'] }),
      () => ({ grade: 'yellow', size: 200 }),
      () => ({ change: 'in', from: '2019-09-01', to: '2020-03-10', area: pick.division(whose) }),
    ]),
  'workbench.get': (pick) =>
    oneOf(pick, [
      () => ({}),
      () => ({ group: 'waiting', size: 200 }),
      () => ({ group: 'escalated', size: 200 }),
    ]),
  'workbench.reminder': () => undefined,
  'workbench.ladder': (pick, whose) => oneOf(pick, [() => ({}), () => ({ area: pick.division(whose) })]),
  'workbench.tasks': (pick, whose) =>
    oneOf(pick, [() => ({ size: 200 }), () => ({ area: pick.division(whose) }), () => ({ overdue: true })]),
  'workbench.reminders': (pick, whose) => oneOf(pick, [() => ({}), () => ({ area: pick.division(whose) })]),
  'plans.list': (pick, whose) =>
    oneOf(pick, [
      () => ({}),
      () => ({ area: pick.division(whose), size: 200 }),
      () => ({ lacking: true }),
      () => ({ lack: 'first-measure' }),
    ]),
  'plans.get': (pick, whose) => ({ ref: pick.household(whose) }),
  'plans.add': (pick, whose) => ({
    plan: pick.made('plan', whose),
    type: 'health',
    title: '试',
    person: pick.number(2) ? pick.person(whose) : null,
    responsible: '试',
    startsOn: '2020-03-10',
    endsOn: null,
    moneyFen: null,
  }),
  'plans.change': (pick, whose) => ({ id: pick.made('measure', whose), effect: '试' }),
  'field.register': (pick) => ({ device: pick.made('field-device', 'absent'), name: '试' }),
  'field.status': (pick, whose) => ({ device: pick.made('field-device', whose), token: 'x' }),
  'field.devices': () => undefined,
  'field.revoke': (pick, whose) => ({
    device: pick.made('field-device', whose === 'own' ? 'absent' : whose),
  }),
  'field.sync': (pick, whose) => ({ device: pick.made('field-device', whose) }),
  'declarations.send': (pick, whose) => ({
    village: pick.division(whose),
    name: '试',
    idNumber: '34122119620715001X',
    code: '000000',
    cause: 'illness',
    text: '试',
    request: '018f0000-0000-7000-8000-000000000003',
  }),
  'declarations.cards': (pick, whose) =>
    oneOf(pick, [() => ({ household: pick.household(whose) }), () => ({ village: pick.division(whose) })]),
  'declarations.unmatched': (pick, whose) => (pick.number(2) ? {} : { area: pick.division(whose) }),
  'declarations.countUnmatched': (pick, whose) => (pick.number(2) ? {} : { area: pick.division(whose) }),
  'declarations.settle': () => ({
    request: '018f0000-0000-7000-8000-000000000004',
    as: 'dismissed',
    note: '试',
  }),
  'letters.list': (pick, whose) => ({ ref: pick.household(whose) }),
  'letters.own': () => undefined,
  'households.list': (pick, whose) =>
    oneOf(pick, [
      () => ({}),
      () => ({ area: pick.division(whose) }),
      () => ({ q: pick.search(whose) }),
      () => ({ category: ['stable'], size: 200 }),
    ]),
  'households.get': (pick, whose) => ({ ref: pick.household(whose) }),
  'feeds.list': () => undefined,
  'batches.create': (pick, whose) => ({
    upload: pick.batch('absent'),
    feed: 'medical-settlement',
    area: pick.division(whose),
    corrects: pick.batch(whose),
  }),
  'batches.list': (pick) => ({ size: 1 + pick.number(100) }),
  'batches.get': (pick, whose) => ({ ref: pick.batch(whose) }),
  'batches.release': (pick, whose) => ({ ref: pick.batch(whose), reason: '试' }),
  'batches.refuse': (pick, whose) => ({ ref: pick.batch(whose), reason: '试' }),
  'batches.rejects': (pick, whose) => ({ ref: pick.batch(whose) }),
  'batches.reviews': (pick, whose) => ({ ref: pick.batch(whose) }),
  'batches.review': (pick, whose) => ({ ref: pick.batch(whose), rowNos: [1], decision: 'declined' }),
  'policy.get': () => ({}),
  'keys.list': () => undefined,
  'keys.rotate': () => ({ reason: '试' }),
  'audit.list': (pick, whose) =>
    oneOf(pick, [() => ({}), () => ({ household: pick.household(whose) }), () => ({ action: ['clues'] })]),
  'audit.get': (pick) => ({ id: 1 + pick.number(500) }),
  'audit.chain': () => undefined,
  'audit.verify': () => undefined,
  'audit.alarms': () => ({}),
  'audit.acknowledge': (pick, whose) => ({ id: pick.made('alarm', whose), reason: '试' }),
  'exports.request': (pick, whose) => ({
    kind: 'clues',
    filter: { clues: { area: pick.division(whose) } },
    purpose: '核对数据',
  }),
  'exports.list': () => ({}),
  'exports.get': (pick, whose) => ({ id: pick.made('export', whose) }),
  'exports.decide': (pick, whose) => ({ id: pick.made('export', whose), approve: false, reason: '试' }),
  'secrets.reveal': (pick, whose) => ({
    ref: pick.household(whose),
    field: 'id-number',
    person: pick.person(whose),
    purpose: 'verify-identity',
  }),
  'breakGlass.open': (pick) => ({
    number: pick.householdNumber('absent'),
    reason: '核对跨县搬迁的一户',
    minutes: 5,
  }),
  'breakGlass.list': () => ({}),
  'breakGlass.end': (pick, whose) => ({ id: pick.made('break-glass', whose) }),
  'breakGlass.review': (pick, whose) => ({ id: pick.made('break-glass', whose), remark: '试' }),
  'ownRecord.get': () => undefined,
  'ownRecord.correct': () => ({ what: '人口数', wanted: '四人' }),
  'ownRecord.authorise': () => ({ scopes: ['bank'], given: true }),
  'corrections.list': () => ({}),
  'corrections.get': (pick, whose) => ({ id: pick.made('correction', whose) }),
  'corrections.assign': (pick, whose) => ({
    id: pick.made('correction', whose),
    account: pick.account(whose),
  }),
  'corrections.propose': (pick, whose) => ({
    id: pick.made('correction', whose),
    outcome: 'declined',
    explanation: '试',
  }),
  'corrections.confirm': (pick, whose) => ({ id: pick.made('correction', whose), agree: true }),
  'corrections.authorise': (pick, whose) => ({ ref: pick.household(whose), scopes: ['bank'], given: true }),
  'retention.get': () => undefined,
  'retention.request': () => ({ digest: 'x' }),
  'retention.decide': (pick, whose) => ({ id: pick.made('retention-run', whose), approve: false }),
}

/**
 * Routes that change something of their asker's own or of the whole installation: they are asked only about what is foreign or
 * absent, or not at all, so that the world stays as it was filled.
 */
export const leftAlone: readonly RouteName[] = [
  'session.revokeOthers',
  'keys.rotate',
  'audit.verify',
  // Knows no asker; that it tells nobody whether there is such a household has a test of its own.
  'declarations.send',
]
