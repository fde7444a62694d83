import { describe, expect, it } from 'vitest'
import { cleanCell, cleanHeader, hasLostDigits, numberText } from './cells.ts'

describe('cells', () => {
  it.each([
    ['  张测试\u3000', '张测试'],
    ['\ufeff\u200b张测试\t', '张测试'],
    ['="341221190001010019"', '341221190001010019'],
    [' ="341221190001010019"\r', '341221190001010019'],
    ["'341221190001010019", '341221190001010019'],
    ["'引号'", "'引号'"],
    ['=A1', '=A1'],
    ['="', '="'],
    ['１２３', '１２３'],
    ['第一行\n第二行', '第一行\n第二行'],
    ['', ''],
  ])('cleans %j to %j', (text, clean) => expect(cleanCell(text)).toBe(clean))

  it.each([
    ['42', '42'],
    ['1234.50', '1234.5'],
    ['2020.0', '2020'],
    ['0.30000000000000004', '0.3'],
    ['-1234.5600000000001', '-1234.56'],
    ['1E-7', '0.0000001'],
    ['1.23456789012345E+14', '123456789012345'],
    ['341221900101001', '341221900101001'],
    // Typed as a number in Excel, which keeps 15 digits and stores the double.
    ['3.4122119000101E+17', '3.41221E+17'],
    ['341221190001010000', '3.41221E+17'],
    ['341221190001010048', '3.41221E+17'],
    // Printed as the shortest text of a double by other programs.
    [String(Number('341221190001010019')), '3.41221E+17'],
    // Written digit by digit from an integer: nothing is lost.
    ['341221190001010019', '341221190001010019'],
  ])('reads the number %s as %s', (raw, text) => expect(numberText(raw)).toBe(text))

  it('detects lost digits', () => {
    const texts = ['3.41221E+17', '3E+17', '6.217e18', '341221190001010019', '1.5', 'E+17', '12E']
    expect(texts.map(hasLostDigits)).toEqual([true, true, true, false, false, false, false])
  })

  it.each([
    ['证件\n号码 ', '证件号码'],
    [' 姓　名', '姓名'],
    ['*联系电话', '联系电话'],
    ['ID  Number', 'ID Number'],
    ['医疗费 总额(元)', '医疗费总额(元)'],
  ])('reads the header %j as %j', (text, header) => expect(cleanHeader(text)).toBe(header))
})
