import type { Weighted } from '#demo/province/random.ts'

/**
 * How lives go. `[F]` was found in public material, `[D]` is a calibration of this project and not measured. Nothing here is a
 * threshold of the policy: the world does not know what anybody watches. Shares are of 1, hazards of a month, money in yuan.
 */
export const lives = {
  /** Households whose people may marry each other; a neighbourhood of a county lives in memory at a time. */
  neighbourhood: 24,

  /** What a life costs. */
  need: {
    /** [F] 5,000 yuan a head and year was commonly taken for the edge of poverty at the beginning of 2020; here in prices of 2019. */
    line: 5000,
    /** [D] A bare living: food, fuel, the simplest clothes. */
    living: 3000,
    /** [D] What a family spends of what it usually earns, and once it lives on what others lend. */
    spends: 0.74,
    spendsInDebt: 0.55,
    /** Months a family muddles through when nobody lends any more. */
    muddles: 3,
    /** Months above the line again before a household counts as recovered. */
    recovers: 6,
    /** [F] Consumer prices of the countryside, by year against 2019. */
    prices: { 2017: 0.95, 2018: 0.97, 2019: 1, 2020: 1.03, 2021: 1.04, 2022: 1.06 } as Record<number, number>,
  },

  purse: {
    /** [D] Savings and what kin would lend, as shares of a year's income: lognormal. */
    savings: [0.42, 0.9],
    credit: [0.4, 0.7],
  },

  work: {
    /** [D] Workers the human resources department has on its list; the others work by word of mouth. */
    known: 0.82,
    wage: [2300, 0.35],
    growth: 0.006,
    /** Loses work in a month, away and near; finds it again in a month. */
    loses: { away: 0.006, near: 0.004, publicPost: 0.002 },
    returns: [
      [0.42, 80],
      [0.18, 14],
      [0.05, 6],
    ] as Weighted<number>,
    starts: 0.05,
    age: [17, 64],
  },

  /** [F] Early 2020: nobody goes to work after the new year; nine in ten do again by the end of March. */
  epidemic: {
    stops: { away: 0.72, near: 0.5 },
    returns: [0.5, 0.62, 0.5, 0.4, 0.34] as readonly number[],
    /** [D] Trades that did not come back. */
    lasting: 0.05,
    venture: 0.25,
    /** Confirmed, suspected and quarantined in a small province; see the province's own calibration. */
    /** When the cases came, by month from January 2020: one wave, and a few that came home the next winter. */
    wave: [0.3, 0.62, 0.08, 0, 0, 0, 0, 0, 0, 0, 0.05, 0.05],
    cases: { share: 2e-5, atLeast: 48, quarantinedPerCase: 2 },
  },

  farm: {
    /** [D] Net of a mu of grain and greens a year; the wheat comes in June, rice and maize in October. */
    perMu: 620,
    june: 0.42,
    pigs: 0.2,
    pigsYearly: [3200, 0.6],
    /** [F] African swine fever reached Anhui in autumn 2018 and thinned the pens into 2019; pork doubled in autumn 2019. */
    fever: 0.012,
    feverMonths: 10,
    pork: 1.9,
    hail: 0.03,
    /** [F] The plum rains of July 2020 flooded the Huai and the Chao lake. */
    flood: { village: 0.3, loses: 0.8, home: 0.05 },
  },

  venture: {
    share: 0.1,
    monthly: [1100, 0.7],
    fails: 0.005,
    failsInEpidemic: 0.02,
    debt: [16_000, 0.9],
    calls: 0.12,
  },

  debt: { hazard: 0.0004, size: [28_000, 0.8] },

  health: {
    chronic: { young: 0.0002, middle: 0.0014, old: 0.003 },
    major: { young: 0.00006, middle: 0.00042, old: 0.001 },
    frail: 1.7,
    /** The first stay of a major illness and those that follow: what the family pays after all reimbursement. */
    firstStay: { registered: [2400, 0.9], others: [9000, 0.9] },
    laterStay: { registered: [1500, 0.9], others: [5200, 0.9] },
    laterStays: { early: 0.45, later: 0.1 },
    leavesWork: 0.8,
    recovers: 0.05,
    carer: 0.3,
    /** Certified for life after a grave illness, and with the years. */
    disabled: 0.12,
    ages: 0.0005,
    dies: 0.011,
    /** Stays paid by the family alone: far from home without a referral, folk doctors, somebody else's fault. */
    unsettled: 0.08,
  },

  accident: {
    hazard: 0.0003,
    cost: [7000, 1],
    /** Injuries for which somebody else is liable are no matter of the insurance. */
    insured: 0.5,
    monthsOff: [2, 12],
    disabled: 0.18,
    dies: 0.05,
    kinds: ['股骨骨折', '颅脑损伤', '腰椎骨折', '烧伤', '手外伤'] as const,
  },

  dies: [
    [40, 0.0001],
    [60, 0.0004],
    [70, 0.0012],
    [80, 0.0032],
    [90, 0.008],
    [200, 0.02],
  ] as const,
  funeral: [6000, 0.4],

  family: {
    birth: 0.006,
    sonWeds: 0.006,
    bridePrice: [42_000, 0.5],
    ownShare: 0.35,
    daughterWeds: 0.007,
    withinRegister: 0.4,
    splits: 0.0022,
    joinsAgain: 0.004,
    divorces: 0.00025,
    prison: 0.00006,
    movesInCounty: 0.0003,
    movesCounty: 0.00015,
  },

  school: { living: { college: 7600, bachelor: 9000 } as Record<string, number>, dropout: 0.0011 },

  home: {
    dangerous: 0.018,
    gradeD: 0.3,
    worsens: 0.0005,
    rebuilt: 0.06,
    cost: [17_000, 0.5],
    aid: 0.55,
    burns: 0.00004,
    surveyedOthers: 0.25,
    notLivedIn: 0.08,
  },

  water: {
    villageFails: 0.008,
    villageCut: 0.012,
    villageScarce: 0.05,
    householdShort: 0.006,
    resurvey: 0.02,
  },

  allowance: {
    /** [D] Of the poorest third, the middle, the rest by yuan a head and year; and of households outside the register. */
    dibao: [0.5, 0.3, 0.14],
    ...{ poorest: 7600, middle: 10_400 },
    others: 0.03,
    monthly: [260, 520],
    tekun: 720,
    stops: 0.004,
    stopsInNeed: 0.012,
    /** Comes in a month to who is under the line or in difficulty. */
    comes: 0.05,
    relief: 0.08,
    /** [F] Basic pension of the rural old, yuan a month. */
    pension: 110,
    pensionAge: 60,
  },

  /** [F] Of those who were still poor, so many were relieved at the end of the year; nobody was left in 2020. */
  relieved: { 2019: 0.75, 2020: 0.99 } as Record<number, number>,

  /** [F] About 5 % of the people in the register are monitored: some of those with the lowest statements, and of the poor beside them. */
  monitored: { below: 6200, others: 0.1, eyes: 0.6 },

  /** Insured people whom a month's file names once more. */
  confirmed: 0.0015,

  /** Days by which a late row is late. */
  lateDays: [25, 70],
} as const

/** [F] Counties along the Huai and around the Chao lake that lay under water in July 2020. */
export const floodCounties: ReadonlySet<number> = new Set([
  341225, 341226, 341522, 340422, 340421, 341204, 340124, 340123, 340181, 341523, 340321,
])
