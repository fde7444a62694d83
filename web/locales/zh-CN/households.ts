export const households = {}
