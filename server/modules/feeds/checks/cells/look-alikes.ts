/**
 * Characters that are written for others: radicals for the ideographs they look like, and the private-use code points that GBK and
 * GB 18030-2000 programs give to rare characters of names (U+E863 for 䶮). What NFKC folds by itself is not listed.
 */
const radicals =
  '⺀丶⺁厂⺃乚⺄乙⺅亻⺆冂⺈刀⺉刂⺊卜⺋㔾⺌小⺍小⺎尢⺏尣⺐尢⺑尣⺒巳⺓幺⺔彐⺕彐⺖忄⺗心⺘扌⺙攵⺛旡⺜日⺝月⺞歺⺠民⺡氵⺢水⺣灬⺤爫' +
  '⺥爫⺦丬⺧牛⺨犭⺩王⺪疋⺫罒⺬示⺭礻⺮竹⺯糹⺰纟⺱罓⺲罒⺳网⺴网⺵网⺶羊⺷羊⺸羊⺹耂⺺聿⺻聿⺼肉⺽臼⺾艹⺿艹⻀艹⻁虎⻂衤⻃覀⻄西⻅见' +
  '⻆角⻇角⻈讠⻉贝⻊足⻋车⻌辶⻍辶⻎辶⻏阝⻐钅⻑長⻒镸⻓长⻔门⻕阜⻖阝⻗雨⻘青⻙韦⻚页⻛风⻜飞⻝食⻞食⻟飠⻠饣⻡首⻢马⻣骨⻤鬼⻥鱼' +
  '⻦鸟⻧卤⻨麦⻩黄⻪黾⻫斉⻬齐⻭歯⻮齿⻯竜⻰龙⻱龜⻲亀'

/** GB 18030-2000 rows 0xFE50 to 0xFEA0, in order from U+E815. */
const privateUse =
  '⺁𠂇𠂉𠃌⺄㑳㑇⺈⺋龴㖞㘚㘎⺌⺗㥮㤘龵㧏㧟㩳㧐龶龷㭎㱮㳠⺧𡗗龸⺪䁖䅟⺮䌷⺳⺶⺷𢦏䎱䎬⺻䏝䓖䙡䙌龹䜣䜩䝼䞍⻊䥇䥺䥽䦂' +
  '䦃䦅䦆䦟䦛䦷䦶龺𤇾䲣䲟䲠䲡䱷䲢䴓䴔䴕䴖䴗䴘䴙䶮龻'

const meant = new Map<string, string>()
for (const letters = [...radicals]; letters.length > 1; ) {
  const [radical = '', ideograph = ''] = letters.splice(0, 2)
  meant.set(radical, ideograph)
}
for (const [i, letter] of [...privateUse].entries())
  meant.set(String.fromCharCode(0xe815 + i), meant.get(letter) ?? letter)

/** The text with each of them replaced by the character it stands for. */
export const foldLookAlikes = (text: string) =>
  text.replaceAll(/[\u2e80-\u2ef3\ue815-\ue864]/g, (letter) => meant.get(letter) ?? letter)

/** Letters and signs that stand where the check character X belongs; NFKC has folded Ⅹ and the full-width ones. */
const crosses = /[\u0425\u0445\u03a7\u03c7\u00d7\u2715\u2716\u2573\u2a2f\u{1f7a9}*]$/u

/**
 * A number whose last character only looks like X, with an X. An asterisk too: a program that masks X writes it; the check digit must
 * then be X, as it must be for anybody who writes one.
 */
export const foldLastX = (number: string) => number.replace(crosses, 'X')
