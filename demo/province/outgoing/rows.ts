import { ageOn } from '../days.ts'
import type { Household, Life, Person, Settlement, Span } from '../model.ts'
import { present } from '../people/households.ts'
import { placeAt } from '../people/schooling.ts'
import type { Values } from './cells.ts'

export interface Row {
  feed: string
  /** The day that decides with which month's file it comes. */
  reportedOn: number
  values: Values
}

const whose = ({ name, idNumber }: Person): Values => ({ name, idNumber })

/** The household as one of the two registry files has it: before the history, and at the turn of the last year. */
export function householdRow(home: Household, isFirst: boolean, span: Span): Values {
  const [head] = home.people
  const mark = isFirst ? home.firstReliefMark : home.reliefMark
  return {
    householdNo: home.householdNo,
    villageCode: home.village,
    groupName: home.group,
    headName: head.name,
    headIdNumber: head.idNumber,
    phone: home.phone,
    bankName: '示例农村商业银行',
    bankCard: home.bankCard,
    registered: home.registered,
    povertyAttribute: home.attribute,
    reliefMark: mark,
    mainCause: home.mainCause,
    identifiedMonth: isFirst && home.monitoring === 'marginal' ? null : home.identified,
    relievedYear: mark === 'relieved' ? home.relievedYear : null,
    monitoringCategory: isFirst ? null : home.monitoring,
    memberCount: (isFirst ? home.people.filter((one) => one.birth < span.from) : present(home.people)).length,
    farmland: home.farmland,
    dwellingArea: home.dwellingArea,
    roadType: home.roadType,
    fuel: home.fuel,
    toilet: home.toilet,
  }
}

const healthOf = {
  healthy: ['healthy'],
  chronic: ['chronic'],
  major: ['major'],
  disabled: ['disabled'],
  both: ['major', 'disabled'],
} as const

export function memberRows(home: Household, isFirst: boolean, span: Span): Values[] {
  const day = isFirst ? span.from : span.to
  return home.people.flatMap((person): Values[] => {
    const isNewborn = person.birth >= span.from
    if (isFirst && isNewborn) return []
    const age = ageOn(person.birth, day)
    const student = placeAt(person.birth, person.talent, span.year - (isFirst ? 2 : 1))?.status
    const studentStatus = student ?? (age < 6 ? 'preschool-age' : null)
    const education = age < 20 ? 'junior' : person.education
    const left = isFirst ? null : person.left
    return [
      {
        householdNo: home.householdNo,
        memberNo: person.memberNo,
        name: person.name,
        sex: person.sex,
        idNumber: person.idNumber,
        birth: person.birth,
        relation: person.relation,
        ethnic: '汉族',
        education: studentStatus ? null : education,
        studentStatus,
        labour: person.labour,
        health: healthOf[person.condition],
        phone: person.phone,
        change: left?.change ?? (isNewborn ? 'newborn' : null),
        changedOn: left?.on ?? (isNewborn ? person.birth : null),
      },
    ]
  })
}

export function settlementRow(one: Settlement): Values {
  return {
    ...whose(one.person),
    settlementNo: one.no,
    visitKind: one.kind,
    hospital: one.hospital,
    admittedOn: one.admitted,
    settledOn: one.settledOn,
    diagnosis: one.diagnosis,
    total: one.total,
    basicPaid: one.basic,
    seriousPaid: one.serious,
    insideSupplement: one.inside,
    outsideSupplement: one.outside,
    medicalAid: one.aid,
    fiscalBackstop: one.fiscal,
    hospitalBorne: one.hospitalBorne,
    selfPaid: one.selfPaid,
  }
}

/** Everything the departments tell about a household, in no order. */
export function departmentRows(home: Household, life: Life): Row[] {
  const [head] = home.people
  const household = { name: head.name, idNumber: head.idNumber }
  return [
    ...life.incomes.map((one) => ({
      feed: 'income',
      reportedOn: one.to,
      values: { ...household, ...one, periodFrom: one.from, periodTo: one.to, claims: 0, selfPaid: null },
    })),
    ...life.settlements.map((one) => ({
      feed: 'medical-settlement',
      reportedOn: one.settledOn,
      values: settlementRow(one),
    })),
    ...life.insurances.map(({ person, reportedOn, ...one }) => ({
      feed: 'medical-insurance',
      reportedOn,
      values: { ...whose(person), ...one },
    })),
    ...life.illnesses.map(
      ({ person, reportedOn, kind, disease, special, diagnosed, outcome, outcomeOn }) => ({
        feed: kind === 'major' || kind === 'chronic' ? 'illness' : 'epidemic',
        reportedOn,
        values: { ...whose(person), kind, disease, special, diagnosedOn: diagnosed, outcome, outcomeOn },
      }),
    ),
    ...life.enrolments.map(({ person, fee, ...one }) => ({
      feed: 'school-enrolment',
      reportedOn: one.reportedOn,
      values: { ...whose(person), ...one, selfPaidFee: fee },
    })),
    ...life.assessments.map(({ reportedOn, ...one }) => ({
      feed: 'dwelling',
      reportedOn,
      values: { ...household, ...one },
    })),
    ...life.waters.map(({ passed, ...one }) => ({
      feed: 'water',
      reportedOn: one.observedOn,
      values: { ...household, ...one, quality: passed ? 'passed' : 'failed' },
    })),
    ...life.assistances.map(({ person, reportedOn, ...one }) => ({
      feed: 'social-assistance',
      reportedOn,
      values: { ...whose(person), ...one },
    })),
    ...life.certificates.map(({ person, no, category, grade, issuedOn, allowance }) => ({
      feed: 'disability',
      reportedOn: issuedOn,
      values: {
        ...whose(person),
        certificateNo: no,
        category: disabilityCodes[category - 1] ?? 'multiple',
        grade: String(grade),
        issuedOn,
        allowance,
      },
    })),
    ...life.work.map(({ person, month, ...one }) => ({
      feed: 'employment',
      reportedOn: month,
      values: { ...whose(person), month, ...one },
    })),
  ]
}

const disabilityCodes = ['visual', 'hearing', 'speech', 'limb', 'intellectual', 'mental', 'multiple']
