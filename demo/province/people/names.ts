import type { Random, Weighted } from '../random.ts'

/** The commonest surnames, roughly by their share. */
const surnames = [
  ['王', 75],
  ['李', 73],
  ['张', 70],
  ['刘', 53],
  ['陈', 45],
  ['杨', 30],
  ['赵', 22],
  ['黄', 20],
  ['周', 20],
  ['吴', 20],
  ['徐', 15],
  ['孙', 15],
  ['胡', 13],
  ['朱', 13],
  ['高', 10],
  ['林', 10],
  ['何', 10],
  ['郭', 10],
  ['马', 10],
  ['罗', 8],
  ['程', 8],
  ['汪', 8],
  ['宋', 7],
  ['许', 7],
  ['韩', 6],
  ['丁', 6],
  ['方', 6],
] as Weighted<string>

const stems = '甲乙丙丁戊己庚辛壬癸'
const branches = '子丑寅卯辰巳午未申酉戌亥'

export function surname(random: Random): string {
  return random.weighted(surnames)
}

/** Given names are calendar signs (甲子, 丑乙): readable, searchable, and seen at once to belong to nobody. */
export function givenName(random: Random): string {
  const stem = stems.charAt(random.whole(0, 9))
  const branch = branches.charAt(random.whole(0, 11))
  return random.chance(0.5) ? stem + branch : branch + stem
}

/** A slip of the keyboard: a sign read as its neighbour. */
export function misspelt(name: string, random: Random): string {
  const at = random.whole(1, Math.max(1, name.length - 1))
  const slips = '已土末免汤口钿'
  return name.slice(0, at) + slips.charAt(random.whole(0, slips.length - 1)) + name.slice(at + 1)
}
