import { createWriteStream, mkdtempSync, rmSync, statSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { Sheet } from '#contract/sheets/sheet.ts'
import { workbookStream } from '#server/platform/files/sheets/workbook.ts'
import { type BenchFigures, type BenchOptions, print } from './options.ts'

const perPiece = 2000

/** A list as it leaves: nineteen columns, of which one is a sentence. */
function listOf(rows: number): Sheet {
  const texts = [
    '县',
    '乡镇',
    '村',
    '户主姓名',
    '风险原因',
    '等级',
    '来源',
    '规则',
    '状态',
    '派发至',
    '核实人',
    '是否逾期',
  ]
  async function* pieces() {
    for (let from = 0; from < rows; from += perPiece) {
      yield Array.from({ length: Math.min(perPiece, rows - from) }, (_, i) => {
        const n = from + i
        return [
          `341221100201${String(n).padStart(7, '0')}`,
          '341221100201',
          ...texts.map((text) => `${text}${n % 97}`),
          (n % 6) + 1,
          n * 137,
          '2020-03-10',
          '2020-03-09T23:30:00Z',
          `2 月住院自付 ${n} 元，超过警戒线 6,000 元`,
        ]
      })
    }
  }
  return {
    name: '线索',
    title: '线索清单',
    columns: [
      { head: '户编号', kind: 'digits' },
      { head: '行政区划代码', kind: 'digits' },
      ...texts.map((head) => ({ head, kind: 'text' as const })),
      { head: '人口', kind: 'int', summed: true },
      { head: '自付（元）', kind: 'money', summed: true },
      { head: '办理期限', kind: 'date' },
      { head: '最近信号', kind: 'datetime' },
      { head: '为什么', kind: 'text', width: 50 },
    ],
    rows: pieces(),
    sumWord: '合计',
    foot: ({ rows: written }) => [`共 ${written} 行`],
  }
}

/** How fast a long list becomes a workbook, and that memory does not grow with it. */
export async function run({ rows = 200_000 }: BenchOptions): Promise<BenchFigures> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'shouwang-xlsx-out-'))
  const file = path.join(folder, 'list.xlsx')
  let peak = 0
  const watch = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage.rss())
  }, 20)
  try {
    const from = performance.now()
    await pipeline(workbookStream([listOf(rows)]), createWriteStream(file))
    const seconds = (performance.now() - from) / 1000
    peak = Math.max(peak, process.memoryUsage.rss())
    print(`${rows} rows in ${seconds.toFixed(1)} s, ${Math.round(statSync(file).size / 2 ** 20)} MB`)
    return {
      rows,
      seconds: Number(seconds.toFixed(2)),
      peakMb: Math.round(peak / 2 ** 20),
      rowsPerSecond: Math.round(rows / seconds),
    }
  } finally {
    clearInterval(watch)
    rmSync(folder, { recursive: true, force: true })
  }
}
