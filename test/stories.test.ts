import { readdirSync } from 'node:fs'
import { afterEach, expect, test } from 'vitest'
import { openTestDatabase, type TestDatabase } from './harness/database.ts'
import { liveStory, missed, openRules, readStory, storyFolder } from './harness/stories.ts'

let t: TestDatabase | undefined
afterEach(async () => {
  await t?.close()
  t = undefined
})

const query = async (text: string) => (await t?.database.pool.query(text))?.rows ?? []

test.each(readdirSync(storyFolder).toSorted())('%s', async (name) => {
  t = await openTestDatabase()
  const story = readStory(name)
  await liveStory(t, name, story.commands)
  expect({ story: story.words, missed: missed(story, await openRules(t)) }).toEqual({
    story: story.words,
    missed: [],
  })
  // Whatever happened: nothing ends before it began.
  expect(await query('select id from clue where closed_on < opened_on')).toEqual([])
  expect(await query('select id from signal where cleared_on < opened_on')).toEqual([])
})
