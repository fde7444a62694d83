import type { Reason, ReasonCode } from '../definitions/rows/reasons.ts'

interface Place {
  /** The English label of the column. */
  label: string
  detail: string
}

/** The reasons once more for readers of English; allowed values and other columns stay in the Chinese of the file. */
const texts: Record<ReasonCode, (place: Place) => string> = {
  missing: ({ label }) => `“${label}” is empty, but required.`,
  'cell-error': ({ label, detail }) =>
    `“${label}” is an error value, ${detail}; mend the formula or fill in the value, save, and send it again.`,
  'formula-without-result': ({ label }) =>
    `“${label}” is a formula without a stored result; open the file in Excel, save it, and send it again.`,
  'merged-figure': ({ label }) =>
    `“${label}” is one merged cell over several rows, so that no row has a figure of its own; unmerge it.`,
  'too-many-cells': () =>
    'The row has more cells than the header, most likely a comma in an amount without quotation marks; take it out.',
  'too-few-cells': ({ label }) =>
    `The row ends before “${label}”; complete it. Where nothing is to be said, write the separators all the same, or save the file as xlsx.`,
  'quote-open': () =>
    'A quotation mark (") in the row has no other, so its cells cannot be told apart; take it out, or save the file as xlsx.',
  'memo-elsewhere': ({ label }) =>
    `“${label}” is a memo field, kept in a file of its own (.dbt, .fpt); save the table as xlsx or csv.`,
  'too-long': ({ label, detail }) =>
    `“${label}” has more than ${detail} characters; columns may have run together.`,
  'name-unreadable': ({ label }) => `“${label}” holds digits, question marks or garbled characters.`,
  'id-mangled': ({ label }) =>
    `“${label}” was turned into scientific notation by Excel; its last digits are lost.`,
  'id-rounded': ({ label }) => `The last digits of “${label}” were turned into 000 by Excel.`,
  'id-length': ({ label, detail }) =>
    `“${label}” has ${detail} characters; and is like no ID number (18, old ones 15), disability certificate (20 or 22), permit, passport or birth certificate. Name any other paper in the column 证件类型.`,
  'id-kind-differs': ({ label }) => `“${label}” is no number of the kind of paper named beside it.`,
  'id-characters': ({ label }) => `“${label}” holds characters other than digits and a final X.`,
  'id-region': ({ label }) => `The first two digits of “${label}” belong to no province.`,
  'id-birth': ({ label }) => `The birth date inside “${label}” does not exist or lies after the batch's day.`,
  'id-check-digit': ({ label }) => `The check digit of “${label}” is wrong; a digit was mistyped or swapped.`,
  'certificate-digits': ({ label }) =>
    `Digits 19 and 20 of “${label}” are no category (1–7) and grade (1–4).`,
  'certificate-length': ({ label, detail }) => `“${label}” has ${detail} characters instead of 20 or 22.`,
  'phone-form': ({ label }) => `“${label}” is no telephone number.`,
  'bank-card-form': ({ label }) => `“${label}” should have 12 to 19 digits.`,
  'division-form': ({ label }) => `“${label}” should be a 12-digit village code.`,
  'not-allowed': ({ label, detail }) => `“${label}” is none of the allowed values: ${detail}.`,
  'date-form': ({ label }) => `“${label}” is no date; write it like 2020-03-10.`,
  'date-ambiguous': ({ label }) => `“${label}” may be read as several days; write it like 2020-03-10.`,
  'date-impossible': ({ label }) => `“${label}” is a date that does not exist, or falls on another weekday.`,
  'date-future': ({ label, detail }) => `“${label}” lies after the batch's day, ${detail}.`,
  'month-form': ({ label }) => `“${label}” is no month; write it like 2020-03.`,
  'month-ambiguous': ({ label }) =>
    `“${label}” reads 2020.1, which may be January or October; write 2020-01 or 2020-10.`,
  'term-form': ({ label }) => `“${label}” is no school term; write it like 2020春 or 2020秋.`,
  'money-form': ({ label }) =>
    `“${label}” is no amount that can be read; write digits only, like 1860.50, or with a unit like 1.86万元.`,
  'currency-foreign': ({ label }) => `“${label}” is in a foreign currency; convert it to yuan.`,
  'number-form': ({ label }) => `“${label}” is no number.`,
  'not-whole': ({ label }) => `“${label}” should be a whole number.`,
  'too-small': ({ label, detail }) => `“${label}” is below ${detail}, which cannot be.`,
  'too-large': ({ label, detail }) => `“${label}” is above ${detail}, which cannot be.`,
  'dates-out-of-order': ({ label, detail }) => `“${label}” lies before 「${detail}」.`,
  'end-without-start': ({ label, detail }) => `“${label}” is given but 「${detail}」 is not.`,
  'birth-differs-from-id': ({ label }) => `“${label}” differs from the birth date inside the ID number.`,
  'sex-differs-from-id': ({ label }) => `“${label}” differs from the 17th digit of the ID number.`,
  'education-and-student': () => 'Exactly one of education and student status must be given.',
  'healthy-and-ill': ({ label }) => `“${label}” says healthy and ill at once.`,
  'parts-differ-from-total': ({ label, detail }) =>
    `“${label}” differs by ${detail} yuan from the sum of its parts, more than allowed.`,
  'signs-differ': ({ label }) =>
    `The signs of “${label}”, its parts and the mark of a refund differ: a bill has none below 0, a refund none above.`,
  'admission-missing': ({ label }) => `A hospital stay needs “${label}”.`,
  'mark-without-registration': ({ label }) => `“${label}” is given for a household that is not registered.`,
  'registration-without-mark': ({ label }) => `A registered household needs “${label}”.`,
  'category-needs-registration': ({ label }) =>
    `“${label}” says 脱贫监测户, but the household is not registered.`,
  'category-excludes-registration': ({ label }) => `“${label}” says 边缘户, but the household is registered.`,
  'relieved-without-year': ({ label }) => `A household lifted out of poverty needs “${label}”.`,
  'grade-differs-from-certificate': ({ label }) =>
    `“${label}” differs from the 20th digit of the certificate.`,
  'category-differs-from-certificate': ({ label }) =>
    `“${label}” differs from the 19th digit of the certificate.`,
  'certificate-of-another': ({ label }) =>
    `The first 18 digits of “${label}” are not the holder's ID number.`,
  'change-without-date': ({ label }) => `A change of membership needs “${label}”.`,
  'key-conflict': ({ label, detail }) =>
    `Speaks of the same thing as row ${detail} (same “${label}”) but says something else; row ${detail} was taken.`,
  'number-of-two': ({ label, detail }) =>
    `Bears the same “${label}” as row ${detail}, for another person. A bill is one person's; neither row was taken.`,
  'income-of-member': () =>
    'The amounts of a single member; the household has a figure of another source for the same time, which was kept.',
  'village-unknown': ({ label }) => `“${label}” is no village of the area this file is for.`,
  'household-unknown': ({ label }) =>
    `“${label}” is not in the registry, or lies outside the area of this file.`,
}

export function describeReasonInEnglish(
  feed: { columns: readonly { key: string; label: string }[] },
  reason: Reason,
): string {
  const label = feed.columns.find((column) => column.key === reason.key)?.label ?? reason.key
  return texts[reason.code]({ label, detail: reason.detail ?? '' })
}
