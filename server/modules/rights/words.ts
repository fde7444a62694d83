import type { Localized } from '#contract/common.ts'

/** What happens next with a clue, worded for the household it is about. */
export function nextOf(clue: {
  state: string
  assigneeName: string | null
  dueOn: string | null
}): Localized {
  const { assigneeName, dueOn } = clue
  if (assigneeName === null || dueOn === null) {
    return {
      zh: '乡镇、村将上门核实，请等候联系。',
      en: 'The township or village will come to verify; please wait to be contacted.',
    }
  }
  return {
    zh: `已交${assigneeName}，将在 ${dueOn} 前上门核实。`,
    en: `${assigneeName} has it and will come to verify by ${dueOn}.`,
  }
}

/** 张**: who looked is shown by surname, role and area. */
export const surnameOnly = (name: string): string => `${[...name][0] ?? ''}**`
