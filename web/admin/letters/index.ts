export { LetterText } from './letter-text.tsx'
export { lettersQuery } from './letters-query.ts'
export { OwnLetters } from './own-letters.tsx'
