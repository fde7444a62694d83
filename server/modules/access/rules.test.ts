import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Role, roles } from '#contract/access/capabilities.ts'
import { levelOf } from '#server/modules/divisions/index.ts'
import { grantableRoles, mayBecome, mayManage, roleLevels, type Standing } from './rules.ts'

const places = {
  province: 340000000000,
  city: 341200000000,
  county: 341221000000,
  otherCounty: 341222000000,
  township: 341221001000,
  otherTownship: 341221100000,
  village: 341221001003,
}
const standing = (role: Role, area: number, userId = `${role}@${area}`): Standing => ({ userId, role, area })
const admins: Role[] = ['system-admin', 'security-admin', 'audit-admin']

/** Every account there can be, over the places above. */
const everybody = roles.flatMap((role) =>
  Object.values(places)
    .filter((area) => roleLevels[role].includes(levelOf(area)))
    .map((area) => standing(role, area)),
)
const managedBy = (manager: Standing) =>
  everybody.filter((account) => mayManage(manager, account)).map(({ userId }) => userId)

describe('who manages whom', () => {
  it('is decided for every pair: only three roles manage anybody', () => {
    const managers = new Set(everybody.filter((one) => managedBy(one).length > 0).map(({ role }) => role))
    expect([...managers].toSorted()).toEqual(['leader', 'system-admin', 'township'])
  })

  it('gives a county leader its staff and its township officers', () => {
    expect(managedBy(standing('leader', places.county)).toSorted()).toEqual(
      [
        ...['clerk', 'checker', 'supervisor', 'department', 'bank', 'support-unit', 'donor'].map(
          (role) => `${role}@${places.county}`,
        ),
        `township@${places.township}`,
        `township@${places.otherTownship}`,
      ].toSorted(),
    )
  })

  it('gives a provincial leader its staff and the leaders of its cities, not those of counties', () => {
    const managed = managedBy(standing('leader', places.province))
    expect(managed).toContain(`leader@${places.city}`)
    expect(managed).not.toContain(`leader@${places.county}`)
    expect(managed).not.toContain(`clerk@${places.city}`)
  })

  it('gives a township officer the people of its own villages', () => {
    expect(managedBy(standing('township', places.township)).toSorted()).toEqual(
      [
        `helper@${places.township}`,
        ...['helper', 'household', 'team-member', 'village'].map((role) => `${role}@${places.village}`),
      ].toSorted(),
    )
    expect(managedBy(standing('township', places.otherTownship))).toEqual([`helper@${places.otherTownship}`])
  })

  it('gives a system administrator everybody of its area but itself', () => {
    const county = standing('system-admin', places.county)
    expect(managedBy(county)).not.toContain(county.userId)
    expect(managedBy(county)).toContain(`audit-admin@${places.county}`)
    expect(managedBy(county)).not.toContain(`audit-admin@${places.city}`)
    expect(managedBy(county)).not.toContain(`clerk@${places.otherCounty}`)
  })

  it('lets nobody but a system administrator at the separated duties', () => {
    for (const manager of everybody) {
      for (const account of everybody.filter(({ role }) => admins.includes(role))) {
        if (mayManage(manager, account)) expect(manager.role).toBe('system-admin')
      }
    }
  })

  it('never lets anybody manage oneself, nor an area that is not inside', () => {
    const anyone = fc.constantFrom(...everybody)
    fc.assert(
      fc.property(anyone, anyone, (manager, account) => {
        expect(mayManage(manager, { ...account, userId: manager.userId })).toBe(false)
        const digits = { province: 2, city: 4, county: 6, township: 9, village: 12 }[levelOf(manager.area)]
        const inside = String(account.area).startsWith(String(manager.area).slice(0, digits))
        if (!inside) expect(mayManage(manager, account)).toBe(false)
      }),
    )
  })

  it('cannot be used to climb: whoever one may make manages nobody one does not manage, administrators aside', () => {
    for (const manager of everybody.filter(({ role }) => role !== 'system-admin')) {
      for (const account of everybody.filter((one) => mayManage(manager, one))) {
        expect(admins).not.toContain(account.role)
        expect(account.area).toBeGreaterThanOrEqual(manager.area)
      }
    }
  })
})

describe('what an account may become', () => {
  it('stays on its side of the separated duties', () => {
    for (const from of roles) {
      for (const to of roles) {
        const crosses =
          admins.includes(from) !== admins.includes(to) || (admins.includes(from) && from !== to)
        expect([from, to, mayBecome(from, to)]).toEqual([from, to, !crosses])
      }
    }
  })

  it('offers only roles that one may assign somewhere', () => {
    expect(grantableRoles(standing('township', places.township))).toEqual([
      'village',
      'team-member',
      'helper',
      'household',
    ])
    expect(grantableRoles(standing('leader', places.county))).toContain('township')
    expect(grantableRoles(standing('clerk', places.county))).toEqual([])
    expect(grantableRoles(standing('system-admin', places.county))).toContain('audit-admin')
  })
})
