import type { Settlement } from '../model.ts'
import type { Values } from './cells.ts'

export function settlementRow(one: Settlement): Values {
  return {
    name: one.person.name,
    idNumber: one.person.idNumber,
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
