/** What files say of the unit of their amounts: in headers, titles, notes, names of sheets, columns of their own. */

export {
  type Basis,
  type BasisWanted,
  basesOfHeader,
  basesOfName,
  basesOfNote,
  basesOfTitle,
  monthOfTitle,
  otherBasis,
} from './basis.ts'
export {
  cellName,
  type FileUnit,
  openUnitReading,
  type UnitProblem,
  type UnitReading,
  unitColumns,
} from './file-unit.ts'
export { unitOfHeader } from './header-unit.ts'
