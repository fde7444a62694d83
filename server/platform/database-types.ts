// Written by `npm run db:types` from the migrations; do not edit.
import type { Generated } from 'kysely'

export interface DB {
  account: {
    userId: string
    role: string
    area: number
    department: string | null
  }
  authLogin: {
    id: string
    accountId: string
    providerId: string
    userId: string
    accessToken: string | null
    refreshToken: string | null
    idToken: string | null
    accessTokenExpiresAt: string | null
    refreshTokenExpiresAt: string | null
    scope: string | null
    password: string | null
    createdAt: Generated<string>
    updatedAt: Generated<string>
  }
  authSession: {
    id: string
    userId: string
    token: string
    expiresAt: string
    ipAddress: string | null
    userAgent: string | null
    createdAt: Generated<string>
    updatedAt: Generated<string>
  }
  authUser: {
    id: string
    name: string
    email: string
    emailVerified: Generated<boolean>
    image: string | null
    username: string | null
    displayUsername: string | null
    createdAt: Generated<string>
    updatedAt: Generated<string>
  }
  authVerification: {
    id: string
    identifier: string
    value: string
    expiresAt: string
    createdAt: Generated<string>
    updatedAt: Generated<string>
  }
  batch: {
    id: Generated<number>
    ref: Generated<string>
    feed: string
    department: string
    area: number
    periodFrom: string | null
    periodTo: string | null
    fileName: string
    fileRef: string
    fileSize: number
    fileSm3: string
    format: string
    encoding: string | null
    sheet: string | null
    headerRow: number
    mapping: unknown
    corrects: number | null
    state: string
    receivedAt: string
    receivedBy: string | null
    asOf: string
    progressRows: Generated<number>
    progressBytes: Generated<number>
    stageTimes: Generated<unknown>
    totalRows: number | null
    rejectedRows: number | null
    duplicateRows: number | null
    exactRows: number | null
    idOnlyRows: number | null
    nameBirthRows: number | null
    unmatchedRows: number | null
    insertedRows: number | null
    supersededRows: number | null
    unchangedRows: number | null
    touchedHouseholds: number | null
    newSignals: number | null
    newClues: number | null
    holdReasons: unknown | null
    decidedBy: string | null
    decidedAt: string | null
    decisionReason: string | null
    mergedAt: string | null
    error: unknown | null
  }
  batchReject: {
    batchId: number
    rowNo: number
    reasons: unknown
    rowCipher: Buffer
  }
  batchReview: {
    batchId: number
    rowNo: number
    county: number
    householdId: number
    personId: number
    matchClass: string
    rowCipher: Buffer
    decision: string | null
    decidedBy: string | null
    decidedAt: string | null
  }
  division: {
    code: number
    parentCode: number | null
    level: string
    name: string
  }
  feedCoverage: {
    feed: string
    county: number
    coveredUntil: string
    batchId: number
    mergedAt: string
  }
  feedMapping: {
    feed: string
    headerSm3: string
    name: string
    mapping: unknown
    savedBy: string | null
    savedAt: string
  }
  household: {
    county: number
    id: Generated<number>
    ref: Generated<string>
    householdNo: string
    village: number
    groupName: string | null
    headName: string
    headPinyin: string
    registered: boolean
    reliefMark: string | null
    relievedYear: number | null
    identifiedOn: string | null
    monitoringCategory: string | null
    mainCause: string | null
    memberCount: number
    phoneCipher: Buffer | null
    closedOn: string | null
  }
  migration: {
    name: string
    sm3: string
    appliedAt: Generated<string>
  }
  person: {
    county: number
    id: Generated<number>
    householdId: number
    ref: Generated<string>
    memberNo: string
    name: string
    namePinyin: string
    idCipher: Buffer
    idIndex: string
    sex: string
    birth: string
    relation: string
    studentStatus: string | null
    education: string | null
    labour: string
    health: string | null
    leftOn: string | null
  }
  personIndex: {
    idIndex: string
    county: number
    householdId: number
    personId: number
    name: string
    birth: string
    isHead: boolean
  }
}
