import { givenName, surname } from '#demo/province/people/names.ts'
import { Random } from '#demo/province/random.ts'
import { pinyinInitials } from '#server/platform/text.ts'

/** As many different persons' names, surnames by their share: 王 is one in eleven. */
export function listNames(count: number): { name: string; pinyin: string }[] {
  const random = new Random(1)
  return Array.from({ length: count }, () => {
    const name = surname(random) + givenName(random)
    return { name, pinyin: pinyinInitials(name) }
  })
}
