import type { z } from 'zod'
import type { Localized } from '../common.ts'
import type { BatchState, HoldReason, Review } from './feeds.ts'

/** Words of files and their rows in lists that leave. */
export const batchWords = {
  batchState: {
    received: { zh: '处理中', en: 'Under way' },
    checked: { zh: '处理中', en: 'Under way' },
    matched: { zh: '处理中', en: 'Under way' },
    held: { zh: '待决定', en: 'Held' },
    merged: { zh: '已入库', en: 'Taken in' },
    unchanged: { zh: '无变化', en: 'Unchanged' },
    refused: { zh: '已拒收', en: 'Refused' },
    failed: { zh: '未完成', en: 'Failed' },
  } satisfies Record<BatchState, Localized>,
  holdReasons: {
    'many-rejects': { zh: '退回的行太多', en: 'many rows sent back' },
    'many-duplicates': { zh: '重复的行太多', en: 'many duplicates' },
    'many-unmatched': { zh: '不在册的人太多', en: 'many people not on record' },
    'figures-moved': { zh: '金额与已知的相差太大', en: 'figures far from what was known' },
    'figures-tiny': { zh: '金额太小', en: 'tiny figures' },
    'figures-huge': { zh: '金额太大', en: 'huge figures' },
    'known-emptied': { zh: '以前有的内容变空', en: 'known content emptied' },
    'refunds-contradict': { zh: '退费超过原来的结算', en: 'refunds beyond their bills' },
    'count-differs': { zh: '行数与文件末尾写的不符', en: 'another count than its foot says' },
  } satisfies Record<z.infer<typeof HoldReason>['code'], Localized>,
  matchClass: {
    'id-only': { zh: '证件号相同，姓名不同', en: 'same number, another name' },
    'name-birth': { zh: '姓名和出生日期相同，没有证件号', en: 'same name and birth, no number' },
    'second-head': { zh: '同一户的第二个户主', en: 'a second head of a household' },
    'number-of-another': { zh: '证件号是别人的', en: 'the number of somebody else' },
    'two-households': { zh: '同一个文件报在两户', en: 'in two households of the file' },
  } satisfies Record<z.infer<typeof Review>['matchClass'], Localized>,
} as const satisfies Record<string, Record<string, Localized>>
