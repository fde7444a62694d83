import { expect, test } from 'vitest'
import { localVoice } from './local-voice.ts'

const voice = (name: string, lang: string, localService: boolean) => ({ name, lang, localService })
const network = voice('Google 普通话', 'zh-CN', false)

test('reads with a voice of the device, the exact language first', () => {
  const taiwan = voice('美佳', 'zh-TW', true)
  const mainland = voice('婷婷', 'zh_CN', true)
  expect(localVoice([network, taiwan, mainland], 'zh-CN')).toBe(mainland)
  expect(localVoice([network, taiwan], 'zh-CN')).toBe(taiwan)
})

test('never with a voice of the network, and never in another language', () => {
  expect(localVoice([network], 'zh-CN')).toBeUndefined()
  expect(localVoice([voice('Samantha', 'en-US', true)], 'zh-CN')).toBeUndefined()
  expect(localVoice([], 'zh-CN')).toBeUndefined()
})
