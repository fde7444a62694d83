const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
const checkDigits = '10X98765432'

/** GB 11643: the 18th character that belongs to the first 17 digits; empty where one of them is no digit. */
export function checkDigitOf(digits: string): string {
  let sum = 0
  for (let i = 0; i < 17; i++) {
    const digit = digits.charCodeAt(i) - 48
    if (!(digit >= 0 && digit <= 9)) return ''
    sum += digit * (weights[i] ?? 0)
  }
  return checkDigits.charAt(sum % 11)
}

/** The 18-digit form of a 15-digit number of the first generation, whose holders were all born in the 1900s. */
export function widenIdNumber(old: string): string {
  const digits = `${old.slice(0, 6)}19${old.slice(6)}`
  return digits + checkDigitOf(digits)
}

/** Date of birth, `YYYY-MM-DD`, of a valid 18-digit number. */
export function birthOf(id: string): string {
  return `${id.slice(6, 10)}-${id.slice(10, 12)}-${id.slice(12, 14)}`
}

export function sexOf(id: string): 'male' | 'female' {
  return id.charCodeAt(16) % 2 === 1 ? 'male' : 'female'
}
