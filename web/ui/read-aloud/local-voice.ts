/** The part of the browser's speech that is used here. */
export type Voice = Pick<SpeechSynthesisVoice, 'lang' | 'localService'>

/**
 * A voice that speaks on the device itself. Others send what they read to their maker's server, and what is read here is about a
 * household: where there is no voice of the device, nothing is read.
 */
export function localVoice<V extends Voice>(voices: readonly V[], language: string): V | undefined {
  const [wanted] = language.toLowerCase().split('-')
  const fits = ({ lang }: Voice) => lang.toLowerCase().replace('_', '-').split('-')[0] === wanted
  const own = voices.filter((voice) => voice.localService && fits(voice))
  const exact = own.find(({ lang }) => lang.toLowerCase().replace('_', '-') === language.toLowerCase())
  return exact ?? own[0]
}

/** The voices there are; a browser may name them only a moment after it is first asked, or never. */
export function whenVoices(speech: SpeechSynthesis, waitMs = 1500): Promise<SpeechSynthesisVoice[]> {
  const voices = speech.getVoices()
  if (voices.length > 0) return Promise.resolve(voices)
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer)
      speech.removeEventListener('voiceschanged', done)
      resolve(speech.getVoices())
    }
    const timer = setTimeout(done, waitMs)
    speech.addEventListener('voiceschanged', done)
  })
}

/** Reads a text aloud on the device; answers whether it can. `onEnd` when it is over or was stopped. */
export async function readAloud(text: string, language: string, onEnd: () => void): Promise<boolean> {
  const speech = 'speechSynthesis' in globalThis ? globalThis.speechSynthesis : undefined
  const voice = speech && localVoice(await whenVoices(speech), language)
  if (!speech || !voice) return false
  speech.cancel()
  const spoken = new SpeechSynthesisUtterance(text)
  spoken.voice = voice
  spoken.lang = voice.lang
  spoken.rate = 0.9
  spoken.addEventListener('end', onEnd)
  spoken.addEventListener('error', onEnd)
  speech.speak(spoken)
  return true
}

export function stopReading(): void {
  if ('speechSynthesis' in globalThis) globalThis.speechSynthesis.cancel()
}
