// Written by `npm run db:types` from the migrations; do not edit.
import type { Generated } from 'kysely'

export interface DB {
  account: {
    userId: string
    role: string
    area: number
    department: string | null
    state: Generated<string>
    createdAt: Generated<string>
    createdBy: string | null
    mustChangePassword: Generated<boolean>
    signedInAt: string | null
    suspendedAt: string | null
    suspendedBy: string | null
    suspendedReason: string | null
  }
  assetRecord: {
    county: number
    householdId: number
    personId: number
    batchId: number
    rowNo: number
    item: string
    detail: string
    foundOn: string
    knownFrom: string
    knownUntil: string | null
    village: number
  }
  auditAlarm: {
    id: Generated<string>
    kind: string
    actorId: string | null
    actorName: string
    actorArea: number | null
    fromAt: string
    toAt: string
    count: number
    threshold: number
    bucket: string
    acknowledgedBy: string | null
    acknowledgedAt: string | null
    reason: string | null
  }
  auditEntry: {
    id: Generated<number>
    at: Generated<string>
    actorId: string | null
    actorName: string
    actorRole: string
    actorArea: number | null
    action: string
    outcome: Generated<string>
    objectKind: string | null
    objectRef: string | null
    householdRef: string | null
    before: unknown | null
    after: unknown | null
    detail: unknown | null
    reason: string | null
    rowCount: number | null
    address: string | null
    userAgent: string | null
    requestId: string | null
  }
  auditPending: {
    entryId: number
  }
  auditSeal: {
    seq: number
    entryId: number
    digest: Buffer
    sealedAt: string
  }
  auditVerification: {
    id: Generated<number>
    startedAt: Generated<string>
    finishedAt: string | null
    checked: Generated<number>
    wrong: unknown | null
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
    secondFactor: Generated<boolean>
    method: Generated<string>
  }
  authTwoFactor: {
    id: string
    userId: string
    secret: string
    backupCodes: string
    verified: Generated<boolean | null>
    failedVerificationCount: Generated<number | null>
    lockedUntil: string | null
    shownToAll: Generated<boolean>
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
    twoFactorEnabled: Generated<boolean>
  }
  authVerification: {
    id: string
    identifier: string
    value: string
    expiresAt: string
    createdAt: Generated<string>
    updatedAt: Generated<string>
  }
  authorisation: {
    county: number
    id: Generated<number>
    householdId: number
    scope: string
    given: boolean
    since: string
    byUser: string
    way: string
    textVersion: string
    note: string
    village: number
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
    headers: Generated<string[]>
    rowEstimate: Generated<number>
    progressStage: string | null
    progressShare: Generated<number>
    fileErasedAt: string | null
    coveredUntil: string | null
  }
  batchReject: {
    batchId: number
    rowNo: number
    reasons: unknown
    rowCipher: Buffer | null
    area: number
    feed: string
  }
  batchReview: {
    batchId: number
    rowNo: number
    county: number
    householdId: number
    personId: number
    matchClass: string
    rowCipher: Buffer | null
    decision: string | null
    decidedBy: string | null
    decidedAt: string | null
    area: number
    feed: string
  }
  batchSource: {
    id: number | null
    ref: string | null
    feed: string | null
    department: string | null
    area: number | null
    fileName: string | null
    asOf: string | null
    receivedAt: string | null
  }
  breakGlass: {
    id: Generated<string>
    userId: string
    userArea: number
    county: number
    householdId: number
    householdRef: string
    headMasked: string
    reason: string
    openedAt: Generated<string>
    until: string
    endedAt: string | null
    reviewedBy: string | null
    reviewedAt: string | null
    remark: string | null
  }
  caseEntry: {
    county: number
    id: Generated<number>
    householdId: number
    caseId: string
    step: string
    result: string
    at: string
    byUser: string | null
    details: unknown
    village: number
  }
  caseFile: {
    county: number
    id: Generated<string>
    householdId: number
    village: number
    kind: string
    state: string
    step: string | null
    causes: string[]
    category: string | null
    way: string | null
    openedOn: string
    dueOn: string | null
    totalDueOn: string
    greenChannel: Generated<boolean>
    pausedOn: string | null
    visitId: string | null
    comparedAt: string | null
    publicityFrom: string | null
    publicityUntil: string | null
    publicityPlace: string | null
    pack: string
    closedOn: string | null
  }
  caseFlag: {
    county: number
    id: Generated<string>
    householdId: number
    caseId: string
    item: string
    personId: number | null
    batchId: number | null
    rowNo: number | null
    textZh: string
    textEn: string
    veto: boolean
    explanation: string | null
    explainedBy: string | null
    decision: string | null
    decisionReason: string | null
    decidedBy: string | null
    village: number
  }
  caseFollower: {
    county: number
    householdId: number
    caseId: string
    insteadOf: string
    userId: string
    village: number
  }
  caseObjection: {
    county: number
    id: Generated<string>
    householdId: number
    caseId: string
    at: string
    takenBy: string
    byName: string
    text: string
    dueOn: string
    outcome: string | null
    finding: string | null
    answeredBy: string | null
    answeredAt: string | null
    village: number
  }
  categorySpell: {
    county: number
    id: Generated<number>
    householdId: number
    village: number
    category: string
    risk: string
    causes: Generated<string[]>
    members: number
    fromOn: string
    untilOn: string | null
    openedBecause: string
    closedBecause: string | null
    registerCategory: string
    caseId: string | null
    pack: string | null
    openedAt: Generated<string>
  }
  categoryTally: {
    county: number
    day: string
    category: string
    risk: string
    cause: string | null
    change: string
    because: string
    households: number
    persons: number
  }
  clue: {
    county: number
    id: Generated<string>
    householdId: number
    village: number
    cause: string
    level: string
    signalLevel: string
    levelRank: Generated<number>
    rules: string[]
    signals: number
    strongestSignal: number | null
    why: unknown
    state: string
    openedOn: string
    lastSignalOn: string
    assignee: number | null
    dueOn: string | null
    dispatchedAt: string | null
    dispatchedBy: string | null
    dispatchNote: string | null
    closedOn: string | null
    sortName: Generated<string>
    channel: Generated<string>
    reports: Generated<number>
    dispatchDueOn: string | null
    visitId: string | null
    caseId: string | null
    outcomeReason: string | null
    outcomeNote: string | null
    decidedBy: string | null
    outcomeProof: unknown | null
  }
  clueDayTally: {
    county: number
    day: string
    change: string
    clues: number
  }
  clueEvent: {
    county: number
    id: Generated<number>
    clueId: string
    at: string
    kind: string
    byUser: string | null
    details: unknown
    householdId: number
    village: number
  }
  clueReport: {
    county: number
    id: Generated<number>
    householdId: number
    clueId: string
    channel: string
    at: string
    byUser: string | null
    byName: string
    text: string
    request: string
    village: number
  }
  clueShield: {
    county: number
    id: Generated<number>
    householdId: number
    cause: string
    rule: string
    figures: unknown
    clueId: string
    since: string
    village: number
  }
  clueSpan: {
    county: number
    householdId: number
    village: number
    fromOn: string
    untilOn: string | null
    lifted: boolean
  }
  clueSpanTally: {
    county: number
    day: string
    lifted: boolean
    households: number
  }
  clueTally: {
    county: number
    level: string
    cause: string
    state: string
    rules: string[]
    channel: string
    clues: number
  }
  correction: {
    county: number
    id: Generated<string>
    householdId: number
    feed: string | null
    what: string
    current: string
    wanted: string
    explanation: string
    state: Generated<string>
    openedAt: string
    openedBy: string
    dueOn: string
    assignee: string | null
    outcome: string | null
    proposedBy: string | null
    decidedBy: string | null
    closedAt: string | null
    village: number
  }
  correctionStep: {
    county: number
    id: Generated<number>
    householdId: number
    correctionId: string
    at: string
    byUser: string
    kind: string
    outcome: string | null
    text: string
    village: number
  }
  dataKey: {
    id: number
    wrapped: Buffer
    madeAt: Generated<string>
    madeBy: string | null
    activeFrom: Generated<string>
    settledXid: unknown | null
    retiredAt: string | null
  }
  declaration: {
    county: number
    request: string
    village: number
    at: string
    sender: string | null
    declaredCipher: Buffer | null
    outcome: Generated<string>
    why: string | null
    idIndex: string | null
    dueOn: string | null
    settledBy: string | null
    settledAt: string | null
    settledNote: string | null
  }
  disabilityCertificate: {
    county: number
    householdId: number
    personId: number
    batchId: number
    rowNo: number
    certificateNoCipher: Buffer
    certificateNoIndex: string
    category: string
    grade: string
    issuedOn: string
    allowanceFen: number | null
    knownFrom: string
    knownUntil: string | null
    village: number
  }
  division: {
    code: number
    parentCode: number | null
    level: string
    name: string
  }
  dwellingSurvey: {
    county: number
    householdId: number
    batchId: number
    rowNo: number
    assessedOn: string
    grade: string
    livedIn: boolean | null
    plannedYear: number | null
    startedOn: string | null
    finishedOn: string | null
    knownFrom: string
    knownUntil: string | null
    village: number
  }
  employmentMonth: {
    county: number
    householdId: number
    personId: number
    batchId: number
    rowNo: number
    month: string
    status: string
    place: string | null
    employer: string | null
    wageFen: number | null
    publicPost: boolean | null
    knownFrom: string
    knownUntil: string | null
    village: number
  }
  export: {
    id: Generated<string>
    serial: Generated<number>
    kind: string
    filter: unknown
    purpose: string
    requestedBy: string
    requesterArea: number
    requestedAt: string
    rowTotal: number
    rowLimit: number | null
    state: string
    decidedBy: string | null
    decidedAt: string | null
    decisionReason: string | null
    expiresAt: string
    downloads: Generated<number>
    lastDownloadAt: string | null
  }
  exportItem: {
    county: number
    householdId: number
    exportId: string
    village: number
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
  fieldDevice: {
    device: string
    userId: string
    tokenDigest: string
    name: string
    registeredAt: string
    syncedAt: string | null
    revokedAt: string | null
    revokedBy: string | null
  }
  handover: {
    id: Generated<string>
    fromUser: string
    toUser: string
    at: string
    byUser: string
    reason: string
    takenBackAt: string | null
    takenBackBy: string | null
  }
  handoverItem: {
    county: number
    handoverId: string
    part: string
    item: string
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
    category: Generated<string>
    risk: Generated<string>
  }
  householdAccess: {
    county: number
    householdId: number
    userId: string
    kind: string
    fromAt: Generated<string>
    until: string | null
    grantedBy: string | null
    reason: string | null
    village: number
  }
  householdClues: {
    county: number
    householdId: number
    village: number
    openClues: number
  }
  householdRecord: {
    county: number
    householdId: number
    batchId: number
    rowNo: number
    householdNo: string
    villageCode: number
    groupName: string | null
    headName: string
    headNamePinyin: string
    headIdNumberCipher: Buffer
    headIdNumberIndex: string
    phoneCipher: Buffer | null
    phoneIndex: string | null
    bankName: string | null
    bankCardCipher: Buffer | null
    bankCardIndex: string | null
    registered: boolean
    povertyAttribute: string | null
    reliefMark: string | null
    mainCause: string | null
    identifiedMonth: string | null
    relievedYear: number | null
    monitoringCategory: string | null
    memberCount: number | null
    farmland: number | null
    dwellingArea: number | null
    roadType: string | null
    fuel: string | null
    toilet: boolean | null
    knownFrom: string
    knownUntil: string | null
    village: number
  }
  householdTally: {
    county: number
    registered: boolean
    households: number
    category: string
  }
  illness: {
    county: number
    householdId: number
    personId: number
    batchId: number
    rowNo: number
    kind: string
    disease: string
    special: boolean | null
    diagnosedOn: string
    outcome: string | null
    outcomeOn: string | null
    knownFrom: string
    knownUntil: string | null
    village: number
  }
  incomeStatement: {
    county: number
    householdId: number
    batchId: number
    rowNo: number
    periodFrom: string
    periodTo: string
    wageFen: number | null
    businessGrossFen: number | null
    propertyFen: number | null
    familyPlanningFen: number | null
    dibaoFen: number | null
    tekunFen: number | null
    pensionFen: number | null
    ecoCompensationFen: number | null
    otherTransferFen: number | null
    businessCostFen: number | null
    claimsFen: number | null
    selfPaidFen: number | null
    knownFrom: string
    knownUntil: string | null
    village: number
  }
  indicator: {
    county: number
    registered: boolean
    relieved: boolean
    unrelieved: boolean
    monitored: boolean
    householdId: number
    householdSize: number
    labourMembers: number | null
    netIncomePerHeadFen: number | null
    netIncomeFen: number | null
    previousNetIncomeFen: number | null
    incomeDropBp: number | null
    inpatientSelfPaidYearFen: number | null
    largestStaySelfPaidFen: number | null
    rigidSpendingFen: number | null
    schoolAgeMembers: number | null
    uninsuredMembers: number | null
    newMajorIllnessMembers: number | null
    epidemicMembers: number | null
    dropoutMembers: number | null
    dwellingGrade: number | null
    longestWaterCutDays: number | null
    waterCutDaysYear: number | null
    waterDecilitres: number | null
    waterTripMinutes: number | null
    assistanceStoppedMembers: number | null
    newSevereDisabilityMembers: number | null
    newMildDisabilityMembers: number | null
    longestJoblessMonths: number | null
    waterQualityFailed: boolean | null
    waterScarce: boolean | null
    village: number
    resolved: Generated<boolean>
    incomeAfterRigidPerHeadFen: number | null
  }
  indicatorCoverage: {
    county: number
    indicatorGroup: string
    covered: boolean
    asOf: string
  }
  keptKey: {
    purpose: string
    wrapped: Buffer
  }
  keyCheck: {
    singleton: Generated<boolean>
    sealed: Buffer
  }
  keyProgress: {
    keyId: number
    place: string
    position: Generated<number>
    lastPosition: number
    total: number
    done: Generated<number>
    startedAt: Generated<string>
    finishedAt: string | null
  }
  measure: {
    county: number
    id: Generated<string>
    householdId: number
    planId: string
    personId: number | null
    type: string
    title: string
    responsible: string
    startsOn: string
    endsOn: string | null
    moneyFen: number | null
    state: string
    evidence: Generated<string>
    effect: Generated<string>
    reason: string | null
    madeBy: string
    madeAt: string
    beforeOn: string | null
    beforeIncomePerHeadFen: number | null
    beforeOpenClues: number | null
    afterOn: string | null
    afterIncomePerHeadFen: number | null
    afterOpenClues: number | null
    responsibleUser: string | null
    village: number
  }
  medicalInsurance: {
    county: number
    householdId: number
    personId: number
    batchId: number
    rowNo: number
    year: number
    resident: boolean
    employee: boolean
    status: string | null
    paidOn: string | null
    knownFrom: string
    knownUntil: string | null
    village: number
  }
  medicalSettlement: {
    county: number
    householdId: number
    personId: number
    batchId: number
    rowNo: number
    settlementNo: string
    visitKind: string
    hospital: string | null
    admittedOn: string | null
    settledOn: string
    diagnosis: string | null
    totalFen: number
    basicPaidFen: number | null
    seriousPaidFen: number | null
    insideSupplementFen: number | null
    outsideSupplementFen: number | null
    medicalAidFen: number | null
    fiscalBackstopFen: number | null
    hospitalBorneFen: number | null
    selfPaidFen: number
    knownFrom: string
    knownUntil: string | null
    village: number
  }
  memberRecord: {
    county: number
    householdId: number
    personId: number
    batchId: number
    rowNo: number
    householdNo: string
    memberNo: string
    name: string
    namePinyin: string
    sex: string
    idNumberCipher: Buffer
    idNumberIndex: string
    birth: string
    relation: string
    ethnic: string | null
    education: string | null
    studentStatus: string | null
    labour: string
    health: string | null
    phoneCipher: Buffer | null
    phoneIndex: string | null
    change: string | null
    changedOn: string | null
    knownFrom: string
    knownUntil: string | null
    village: number
  }
  membershipEnd: {
    county: number
    personId: number
    knownFrom: string
    leftOn: string
  }
  migration: {
    name: string
    sm3: string
    appliedAt: Generated<string>
  }
  passwordHistory: {
    userId: string
    setAt: Generated<string>
    hash: string
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
    village: number
  }
  personIndex: {
    idIndex: string
    county: number
    householdId: number
    personId: number
    name: string
    birth: string
    isHead: boolean
    village: number
  }
  petitionComplaint: {
    county: number
    householdId: number
    personId: number
    batchId: number
    rowNo: number
    ticketNo: string
    line: string
    subject: string
    content: string
    receivedOn: string
    knownFrom: string
    knownUntil: string | null
    village: number
  }
  plan: {
    county: number
    id: Generated<string>
    householdId: number
    village: number
    caseId: string | null
    causes: string[]
    openedOn: string
    dueOn: string
    firstMeasureDueOn: string
    measures: Generated<number>
    closedOn: string | null
  }
  retentionResult: {
    runId: string
    rule: string
    before: string
    due: number
    taken: Generated<number>
    finishedAt: string | null
  }
  retentionRun: {
    id: Generated<string>
    asOf: string
    digest: string
    state: Generated<string>
    requestedBy: string
    requestedAt: string
    decidedBy: string | null
    decidedAt: string | null
    reason: string | null
    finishedAt: string | null
  }
  ruleCoverage: {
    runId: number
    county: number
    rule: string
    ruleVersion: number
    households: number
    hits: number
    cannotJudge: number
  }
  schoolEnrolment: {
    county: number
    householdId: number
    personId: number
    batchId: number
    rowNo: number
    term: string
    school: string | null
    stage: string
    grade: string | null
    status: string
    reason: string | null
    selfPaidFeeFen: number | null
    aidFen: number | null
    reportedOn: string
    knownFrom: string
    knownUntil: string | null
    village: number
  }
  screeningRun: {
    id: Generated<number>
    startedAt: string
    asOf: string
    kind: string
    feeds: string[]
    pack: string
    households: number
    hits: number
    raised: number
    changed: number
    cleared: number
    milliseconds: number
  }
  signInAttempt: {
    nameKey: string
    failures: number
    lastAt: string
    lockedUntil: string | null
    minuteFrom: string
    minuteCount: number
  }
  signal: {
    county: number
    id: Generated<number>
    householdId: number
    rule: string
    ruleVersion: number
    cause: string
    level: string
    caseNo: number
    figures: unknown
    measured: number
    threshold: number
    margin: number | null
    openedOn: string
    changedOn: string
    clearedOn: string | null
    firstRun: number
    lastRun: number
    village: number
  }
  signalEvidence: {
    county: number
    signalId: number
    fact: string
    batchId: number
    rowNo: number
    personId: number | null
    happenedOn: string | null
    amountFen: number | null
    detail: unknown
    runId: number
    householdId: number
    village: number
  }
  socialAssistance: {
    county: number
    householdId: number
    personId: number
    batchId: number
    rowNo: number
    kind: string
    startedOn: string
    endedOn: string | null
    monthlyFen: number | null
    stopReason: string | null
    knownFrom: string
    knownUntil: string | null
    village: number
  }
  upload: {
    ref: string
    fileName: string
    fileSize: number
    fileSm3: string
    format: string
    encoding: string | null
    sheets: unknown
    receivedAt: string
    receivedBy: string | null
  }
  usedCode: {
    userId: string
    codeKey: string
    usedAt: Generated<string>
  }
  visit: {
    county: number
    id: Generated<string>
    householdId: number
    village: number
    purpose: string
    state: string
    visitor: string
    plannedBy: string | null
    plannedAt: string
    dueOn: string
    settleDueOn: string | null
    levelRank: number | null
    version: Generated<number>
    settledBy: string | null
    settledAt: string | null
    closedNote: string | null
    reportedOn: string | null
  }
  visitFinding: {
    county: number
    report: string
    clueId: string
    householdId: number
    outcome: string
    reason: string | null
    note: string
    proof: unknown | null
    village: number
  }
  visitItem: {
    county: number
    report: string
    householdId: number
    item: string
    result: string
    note: string
    village: number
  }
  visitPhoto: {
    county: number
    id: string
    householdId: number
    visitId: string
    size: number
    received: Generated<number>
    sha256: string
    file: string | null
    takenBy: string
    at: string
    village: number
  }
  visitPhotoPart: {
    county: number
    photoId: string
    householdId: number
    fromByte: number
    contentCipher: Buffer
    village: number
  }
  visitReport: {
    county: number
    visitId: string
    householdId: number
    report: string
    byUser: string
    reportedAt: string
    startedAt: string
    endedAt: string
    clockAheadSeconds: number
    secondVisitor: string
    metPerson: number | null
    incomePerHeadFen: number | null
    rigidSpendingFen: number | null
    remark: string
    latitude: number | null
    longitude: number | null
    accuracyMetres: number | null
    newRisks: unknown
    signaturesCipher: Buffer | null
    superseded: Generated<boolean>
    photos: Generated<string[]>
    village: number
  }
  waterSurvey: {
    county: number
    householdId: number
    batchId: number
    rowNo: number
    observedOn: string
    project: string | null
    cutFrom: string | null
    cutTo: string | null
    quality: string | null
    litres: number | null
    tripMinutes: number | null
    scarce: boolean | null
    knownFrom: string
    knownUntil: string | null
    village: number
  }
}
