export const clues = {}
