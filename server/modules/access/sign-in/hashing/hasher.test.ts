import { setTimeout as delay } from 'node:timers/promises'
import { hashPassword, verifyPassword } from 'better-auth/crypto'
import { expect, it } from 'vitest'
import { FairQueue } from './fair-queue.ts'
import { PasswordHasher } from './hasher.ts'

it('hashes as the auth library does, in both directions', async () => {
  const hasher = new PasswordHasher()
  const password = 'Ｌｏｎｇ-enough-2020'
  const theirs = await hashPassword(password)
  expect(await hasher.verify('a', password, theirs)).toBe(true)
  expect(await hasher.verify('a', `${password}x`, theirs)).toBe(false)
  expect(await hasher.verify('a', password, 'nothing')).toBe(false)
  const ours = await hasher.hash('a', password)
  expect(await verifyPassword({ hash: ours, password })).toBe(true)
})

it('gives one person an answer in the middle of a storm, and refuses what cannot wait', async () => {
  const hasher = new PasswordHasher()
  const known = await hasher.hash('officer', 'right')
  const order: string[] = []
  const storm = Array.from({ length: 40 }, (_, i) =>
    hasher.verify('attacker', `wrong ${i}`, known).then(
      () => order.push('wrong'),
      (error) => order.push(error.code),
    ),
  )
  const right = hasher.verify('officer', 'right', known).then((isRight) => order.push(`right ${isRight}`))
  await Promise.all([...storm, right])
  expect(order.filter((one) => one === 'too-many-requests').length).toBeGreaterThan(20)
  // Behind the one that was being compared, and one more of the attacker's at most.
  const answered = order.filter((one) => one !== 'too-many-requests')
  expect(answered.indexOf('right true')).toBeLessThanOrEqual(2)
})

it('leaves this thread free', async () => {
  const hasher = new PasswordHasher()
  let beats = 0
  let isDone = false
  const done = Promise.all(Array.from({ length: 8 }, (_, i) => hasher.hash(`${i}`, 'x'))).then(() => {
    isDone = true
  })
  while (!isDone) {
    beats++
    await delay(1)
  }
  await done
  expect(beats).toBeGreaterThan(8)
})

it('lets callers take turns', () => {
  const queue = new FairQueue<string>({ mostPerCaller: 3, most: 5 })
  expect(['a1', 'a2', 'a3', 'a4'].map((item) => queue.add('a', item))).toEqual([true, true, true, false])
  expect(['b1', 'c1', 'd1'].map((item) => queue.add(item.charAt(0), item))).toEqual([true, true, false])
  expect(Array.from({ length: 6 }, () => queue.take())).toEqual(['a1', 'b1', 'c1', 'a2', 'a3', undefined])
  expect(queue.length).toBe(0)
})
