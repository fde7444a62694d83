/** A column of ciphertexts, one of our own each. */
export interface SecretPlace {
  table: string
  column: string
  /** Rows sealed anew in one go: fields are some 50 bytes, original rows can be long. */
  rows: number
}

/**
 * Every place where the vault's ciphertexts are kept; a key is retired only when none of them names it any more. A test fails
 * when the database has a column of ciphertexts that is not here.
 */
export const secretPlaces: readonly SecretPlace[] = [
  { table: 'key_check', column: 'sealed', rows: 1 },
  { table: 'household', column: 'phone_cipher', rows: 1000 },
  { table: 'person', column: 'id_cipher', rows: 1000 },
  { table: 'household_record', column: 'head_id_number_cipher', rows: 1000 },
  { table: 'household_record', column: 'phone_cipher', rows: 1000 },
  { table: 'household_record', column: 'bank_card_cipher', rows: 1000 },
  { table: 'member_record', column: 'id_number_cipher', rows: 1000 },
  { table: 'member_record', column: 'phone_cipher', rows: 1000 },
  { table: 'disability_certificate', column: 'certificate_no_cipher', rows: 1000 },
  { table: 'batch_reject', column: 'row_cipher', rows: 100 },
  { table: 'batch_review', column: 'row_cipher', rows: 100 },
  { table: 'visit_report', column: 'signatures_cipher', rows: 100 },
  { table: 'declaration', column: 'declared_cipher', rows: 100 },
  { table: 'visit_photo_part', column: 'content_cipher', rows: 10 },
]

export const placeName = ({ table, column }: SecretPlace) => `${table}.${column}`
export const filesPlace = 'files'
