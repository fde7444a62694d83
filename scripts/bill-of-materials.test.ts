import { describe, expect, it } from 'vitest'
import { finishBill, lacksOf } from './bill-of-materials.ts'

const component = (name: string, more: object = {}) => ({
  'bom-ref': `${name}@1.0.0`,
  type: 'library',
  name,
  version: '1.0.0',
  purl: `pkg:npm/${name}@1.0.0`,
  licenses: [{ license: { id: 'MIT' } }],
  hashes: [{ alg: 'SHA-512', content: 'ab'.repeat(64) }],
  externalReferences: [
    { type: 'distribution', url: `https://registry.test/${name}/-/${name}-1.0.0.tgz` },
    { type: 'website', url: 'https://example.test' },
  ],
  ...more,
})
const written = (...components: object[]) =>
  JSON.stringify({
    $schema: 'http://cyclonedx.org/schema/bom-1.5.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.5',
    serialNumber: 'urn:uuid:00000000-0000-4000-8000-000000000000',
    version: 1,
    metadata: {
      component: {
        'bom-ref': 'shouwang@0.1.0',
        type: 'library',
        name: 'folder-it-lies-in',
        version: '0.1.0',
      },
    },
    components,
    dependencies: [{ ref: 'shouwang@0.1.0', dependsOn: ['a@1.0.0'] }],
  })

const locked = {
  '': { version: '0.1.0' },
  'node_modules/a': { version: '1.0.0' },
  'node_modules/a/node_modules/@scope/b': { version: '2.0.0' },
  'node_modules/t': { version: '1.0.0', dev: true },
  'node_modules/other-platform': { version: '1.0.0', optional: true },
}

describe('the bill of materials', () => {
  it('is CycloneDX 1.6 under the project’s name, without where packages were fetched', () => {
    const bill = finishBill(written(component('a'), component('t')), 'shouwang', locked)
    expect(bill).toMatchObject({ specVersion: '1.6', metadata: { component: { name: 'shouwang' } } })
    expect(JSON.stringify(bill)).not.toMatch(/registry\.test|folder-it-lies-in/)
    expect(JSON.stringify(bill)).toContain('https://example.test')
    expect(bill.components.map(({ scope }) => scope)).toEqual(['required', 'excluded'])
    expect(bill.components[0]).toMatchObject({ purl: 'pkg:npm/a@1.0.0', hashes: [{ alg: 'SHA-512' }] })
  })

  it('says what it lacks', () => {
    const isInstalled = (folder: string) => !folder.endsWith('other-platform')
    const whole = finishBill(
      written(component('a'), component('@scope/b', { version: '2.0.0' }), component('t')),
      'x',
      locked,
    )
    expect(lacksOf(whole, locked, isInstalled)).toEqual([])
    const poor = finishBill(written(component('a', { licenses: [], hashes: undefined })), 'x', locked)
    expect(lacksOf(poor, locked, isInstalled)).toEqual([
      '@scope/b@2.0.0: not listed',
      't@1.0.0: not listed',
      'a: no licence',
      'a: no hash',
    ])
  })

  it('is refused where it is none', () => {
    expect(() => finishBill('{"bomFormat":"SPDX"}', 'x', locked)).toThrow()
  })
})
