import type { Weighted } from './random.ts'

/**
 * Every distribution of the synthetic province in one place. `[F]` was found in public material, `[D]` is a calibration
 * of this project and not measured. Shares are of 1 unless a table says otherwise. Policy thresholds are not here: the
 * truth reads them from the policy pack.
 */
export const calibration = {
  /** [F] Fuyang has about a quarter of the province's poor households. */
  fuyangShare: 0.25,
  /** [D] The other 23 counties with poverty status, and all that is left for the remaining counties. */
  poorCountiesShare: 0.55,
  /** [D] In a small demonstration the focus county gets this share, so that one county officer has enough to do. */
  focus: { county: 341221, share: 0.16, upTo: 60_000 },
  /** [D] Households per village in small provinces; fewer villages with more in each read better. */
  householdsPerVillage: 14,

  /** [D] Household size; 6 stands for 6 and more. 1.88 million households have 4.84 million members [F]. */
  size: [
    [1, 28],
    [2, 27],
    [3, 17],
    [4, 14],
    [5, 8],
    [6, 4.5],
    [7, 1.5],
  ] as Weighted<number>,

  /** [D] Health by age: shares of disabled and ill, majorly ill, disabled, chronically ill; the rest is healthy. Overall 3, 5, 12, 22, 58. */
  health: {
    child: [0.005, 0.005, 0.03, 0.02],
    adult: [0.03, 0.04, 0.13, 0.15],
    elder: [0.045, 0.08, 0.145, 0.37],
  },
  /** How far a household's common frailty decides each member's health, and its income (correlations). */
  frailty: { health: 0.45, income: -0.4 },

  /** [D] Education of adults who are no students: illiterate 22, primary 42, junior 27, senior 6, college 3 over all ages. */
  education: {
    adult: [
      ['illiterate', 9],
      ['primary', 38],
      ['junior', 39],
      ['senior', 9],
      ['college', 3.5],
      ['bachelor', 1.5],
    ] as Weighted<string>,
    elder: [
      ['illiterate', 38],
      ['primary', 47],
      ['junior', 13],
      ['senior', 2],
    ] as Weighted<string>,
  },

  /** [D] Ability to work by condition below 60, and by age above. */
  labour: {
    healthy: [
      ['ordinary', 92],
      ['skilled', 8],
    ] as Weighted<string>,
    chronic: [
      ['ordinary', 45],
      ['weak', 55],
    ] as Weighted<string>,
    major: [
      ['weak', 55],
      ['lost', 45],
    ] as Weighted<string>,
    disabled: [
      ['ordinary', 15],
      ['weak', 55],
      ['lost', 30],
    ] as Weighted<string>,
    both: [
      ['weak', 30],
      ['lost', 70],
    ] as Weighted<string>,
    sixties: [
      ['ordinary', 35],
      ['weak', 58],
      ['none', 7],
    ] as Weighted<string>,
    seventies: [
      ['ordinary', 6],
      ['weak', 84],
      ['none', 10],
    ] as Weighted<string>,
    eighties: [
      ['weak', 60],
      ['none', 40],
    ] as Weighted<string>,
    /** Extra share of the elder who lost the ability to work when majorly ill or disabled. */
    elderLost: 0.22,
  },

  /** [D] Shares of the households in the registry. */
  registered: 0.82,
  /** [F] 2019 ended with 87,000 of 4.84 million still poor. */
  unrelievedAtEnd: 0.018,
  /** [D] Relieved in 2019, unrelieved in the first registry file. */
  relievedLastYear: 0.05,
  /** [D] Marginal households among the others. */
  marginalOfOthers: 0.22,
  /** [D] Main cause of the registered: illness 57, disability 19, labour 9, skill 7, funds 3, schooling 3, other 2. */
  mainCause: {
    ill: [
      ['illness', 86],
      ['disability', 2],
      ['labour-shortage', 5],
      ['skill-shortage', 5],
      ['fund-shortage', 2.5],
      ['schooling', 2],
      ['other', 1.5],
    ] as Weighted<string>,
    disabled: [
      ['disability', 66],
      ['illness', 26],
      ['labour-shortage', 5],
      ['skill-shortage', 3],
      ['other', 2],
    ] as Weighted<string>,
    sound: [
      ['illness', 42],
      ['labour-shortage', 20],
      ['skill-shortage', 27],
      ['fund-shortage', 10],
      ['schooling', 10],
      ['disaster', 4],
    ] as Weighted<string>,
  },

  income: {
    /** [D] Net income per head of the registered, yuan: 2.3 % below 5,000 and 7.5 % below 6,000. */
    median: 9500,
    sigma: 0.32,
    /** [D] Ordinary and marginal rural households have more and less. */
    ordinaryFactor: 1.6,
    marginalFactor: 0.85,
  },

  medical: {
    /** [D] Hospital stays a year by condition. */
    staysPerYear: { healthy: 0.05, chronic: 0.34, major: 1.5, disabled: 0.16, both: 0.9 },
    /** [D] What the family pays for a stay after all reimbursement, yuan: lognormal. */
    stay: {
      healthy: [520, 0.8],
      chronic: [650, 0.9],
      major: [1700, 1],
      disabled: [600, 0.9],
      both: [1300, 1],
    },
    /** Households that are not registered have fewer reimbursements. */
    ordinaryFactor: 2.8,
    /** Outpatient visits a month. */
    outpatientPerMonth: { healthy: 0.02, chronic: 0.28, major: 0.22, disabled: 0.05, both: 0.25 },
    outpatient: [45, 0.9],
    /** [F] The total differs from the sum of its parts by 30 to 183 yuan in real data, here in this share of rows. */
    gapShare: 0.3,
  },

  /** [D] Members without insurance when the year begins; most pay late. */
  uninsuredInJanuary: 0.016,
  employeeInsured: 0.03,

  /** So many major illnesses fall under the special treatment scheme. */
  illness: { special: 0.85 },

  school: {
    afterJunior: [
      ['senior', 40],
      ['vocational', 32],
      ['out', 28],
    ] as Weighted<'senior' | 'vocational' | 'out'>,
    afterSenior: [
      ['college', 26],
      ['bachelor', 20],
      ['out', 54],
    ] as Weighted<'college' | 'bachelor' | 'out'>,
  },

  /** [D] Old people alone in destitute care. */
  assistance: { tekun: 0.25 },

  /** Disability certificates are issued evenly over this many days. */
  disability: { spread: 4380, uncertified: 0.06 },

  employment: {
    /** [D] Workers aged 16–64 who have a job. */
    employed: 0.84,
    publicPost: 0.07,
    place: [
      ['outside', 46],
      ['province', 12],
      ['county', 16],
      ['township', 26],
    ] as Weighted<string>,
  },
} as const

/** Dirt of the files, as shares of rows unless said otherwise. */
export const ordinaryDirt = {
  badIds: 0.03,
  /** The registry is checked before it is exported. */
  registryBadIds: 0.004,
  duplicates: 0.01,
  nameTypos: 0.02,
  registryConflicts: 0.004,
  oddDates: 0.05,
  fullWidth: 0.01,
  /** Rows about people outside the registry for each row about one inside. */
  outsiders: 0.15,
  lateSource: true,
  wrongThenCorrected: 0.05,
  abnormalBatch: true,
  /** Rows that come weeks late, that come once more with the next file; bills taken back by a negative one and sent anew. */
  lateRows: 0.05,
  repeated: 0.015,
  refunds: 0.008,
  /** Income statements that are a guess. */
  misstated: 0.04,
}
export type Dirt = typeof ordinaryDirt

export const noDirt: Dirt = {
  badIds: 0,
  registryBadIds: 0,
  duplicates: 0,
  nameTypos: 0,
  registryConflicts: 0,
  oddDates: 0,
  fullWidth: 0,
  outsiders: 0,
  lateSource: false,
  wrongThenCorrected: 0,
  abnormalBatch: false,
  lateRows: 0,
  repeated: 0,
  refunds: 0,
  misstated: 0,
}

/** [F] The 31 counties with national or provincial poverty status. */
export const poorCounties: ReadonlySet<number> = new Set([
  340828, 341602, 340321, 341622, 341226, 340422, 340882, 340826, 341321, 341323, 341324, 341503, 341523,
  341623, 341621, 341302, 341204, 341202, 341222, 341282, 341125, 341502, 341322, 341221, 341225, 341203,
  341522, 341524, 341722, 340825, 340827,
])

/** Where the water department falls silent in the last two months: all of Bozhou and Anqing. */
export const lateCities: ReadonlySet<number> = new Set([3416, 3408])
