import path from 'node:path'
import { loadPolicyPack, type PolicyPack } from '#server/modules/policy/index.ts'
import { indicatorByName } from './catalogue.ts'

const root = path.resolve(import.meta.dirname, '../../../policy/anhui-2020')
let pack: PolicyPack | undefined

/** The pack this installation works by, read once; throws PolicyError with every fault of its files. */
export function activePack(): PolicyPack {
  pack ??= loadPolicyPack(root, indicatorByName)
  return pack
}
