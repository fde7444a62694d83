import { z } from 'zod'

const Component = z.looseObject({
  'bom-ref': z.string(),
  name: z.string(),
  version: z.string(),
  purl: z.string(),
  hashes: z.array(z.looseObject({ alg: z.string(), content: z.string() })).optional(),
  licenses: z.array(z.looseObject({})).optional(),
  externalReferences: z.array(z.looseObject({ type: z.string(), url: z.string() })).optional(),
})

const Bill = z.looseObject({
  bomFormat: z.literal('CycloneDX'),
  specVersion: z.string(),
  metadata: z.looseObject({ component: z.looseObject({ 'bom-ref': z.string(), name: z.string() }) }),
  components: z.array(Component),
  dependencies: z.array(z.looseObject({})),
})
export type Bill = z.infer<typeof Bill>

/** Packages of `package-lock.json`, by the folder they lie in. */
export type LockedPackages = Record<
  string,
  { version?: string; dev?: boolean; devOptional?: boolean; optional?: boolean; name?: string }
>

const idOf = (folder: string, { name, version }: LockedPackages[string]) =>
  `${name ?? folder.replace(/^.*node_modules\//, '')}@${version}`

/**
 * The bill that npm makes of what is installed, as CycloneDX 1.6 (1.5, which npm writes, is valid as such but for the names of
 * schema and version), without where the packages were fetched from and under the project's own name. What only builds and tests
 * use is in it as `excluded` from what runs; npm's own way of leaving that out also leaves out packages that both use.
 */
export function finishBill(text: string, project: string, locked: LockedPackages): Bill {
  const runs = new Set(
    Object.entries(locked)
      .filter(([, { dev, devOptional }]) => !dev && !devOptional)
      .map(([folder, one]) => idOf(folder, one)),
  )
  const bill = Bill.parse(JSON.parse(text))
  const { metadata } = bill
  return {
    ...bill,
    $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
    specVersion: '1.6',
    metadata: { ...metadata, component: { ...metadata.component, type: 'application', name: project } },
    components: bill.components.map((component) => ({
      ...component,
      scope: runs.has(`${component.name}@${component.version}`) ? 'required' : 'excluded',
      externalReferences: component.externalReferences?.filter(({ type }) => type !== 'distribution'),
    })),
  }
}

/** What the bill lacks: packages that are installed and not in it, components without version, licence or hash. */
export function lacksOf(
  bill: Bill,
  locked: LockedPackages,
  isInstalled: (folder: string) => boolean,
): string[] {
  const listed = new Set(bill.components.map(({ name, version }) => `${name}@${version}`))
  const missing = Object.entries(locked)
    .filter(([folder]) => folder !== '' && isInstalled(folder))
    .map(([folder, one]) => idOf(folder, one))
    .filter((id) => !listed.has(id))
  const bare = bill.components.flatMap(({ name, version, hashes = [], licenses = [] }) => [
    ...(version === '' ? [`${name}: no version`] : []),
    ...(licenses.length === 0 ? [`${name}: no licence`] : []),
    ...(hashes.length === 0 ? [`${name}: no hash`] : []),
  ])
  return [...missing.map((id) => `${id}: not listed`), ...bare]
}
