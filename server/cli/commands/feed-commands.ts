import { createReadStream, createWriteStream, existsSync } from 'node:fs'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { Command } from 'commander'
import type { Batch } from '#contract/feeds/feeds.ts'
import { areaScope } from '#server/modules/divisions/index.ts'
import { describeFeeds, findFeed } from '#server/modules/feeds/index.ts'
import { feedTemplate } from '#server/modules/feeds/templates/index.ts'
import { getBatch, importFile, rejectFile, searchBatches } from '#server/modules/intake/index.ts'
import { findContradictions } from '#server/modules/registry/households/index.ts'
import { AppError } from '#server/platform/errors.ts'
import { workbookStream } from '#server/platform/files/sheets/workbook.ts'
import type { Platform } from '#server/platform/platform.ts'
import { day, wholeNumber } from '../arguments.ts'
import { exitCodes, Refusal } from '../exit-codes.ts'
import { endProgress, progressLine, writeJson, writeLine, writeTable } from '../output.ts'
import { withPlatform } from '../platform.ts'
import { stateText } from '../texts.ts'

import { fileText, sheetLines, waitingRefundsLine } from './file-texts.ts'
import { doubtfulText, figureLines, nothingTaken, sizesText, unitText, whyNot } from './intake-texts.ts'

const everything = { scope: areaScope(340_000_000_000), department: null }
const stageText = { check: '校验', match: '比对', merge: '入库', screen: '研判' } as const

interface ImportOptions {
  asOf?: string
  sheet: string[]
  area?: number
  corrects?: string
  periodTo?: string
  leaveOut: boolean
  json: boolean
}

export function addFeedCommands(program: Command): void {
  program
    .command('feeds')
    .description('列出数据源；--json 给出每一列的表头、别名、类型、是否必填、允许值')
    .option('--json', '输出 JSON', false)
    .action(({ json }: { json: boolean }) => listFeeds(json))
  program
    .command('import <feed> <file>')
    .description('导入一个部门文件（xlsx、xls、xlsb、ods、csv、txt、dbf、存成 xls 的网页）')
    .option('--as-of <D>', '按哪一天导入和研判', day)
    .option(
      '--sheet <NAME>',
      '工作表名；可写几次，合成一张表来读',
      (name, all) => [...all, name],
      [] as string[],
    )
    .option('--area <CODE>', '文件覆盖的区划代码（12 位）', wholeNumber)
    .option('--period-to <D>', '文件说的是到哪一天为止的情况；比已知的旧，就不改现在的', day)
    .option('--corrects <BATCH>', '更正哪个批次：那一批有而本文件没有的行将撤下')
    .option('--leave-out', '像是有用却没认出的列不要了，照样导入', false)
    .option('--json', '逐行输出 JSON', false)
    .action(runImport)
  program
    .command('batches')
    .description('列出批次，最新的在前')
    .option('--feed <FEED>', '只看一个数据源')
    .option('--json', '逐行输出 JSON', false)
    .action(listBatches)
  program
    .command('rejects <batch>')
    .description('下载退回的行：原样各列加原因，.xlsx 标出有问题的单元格')
    .requiredOption('--out <FILE>', '写到哪个文件，.xlsx 或 .csv')
    .action(saveRejects)
  program
    .command('feed')
    .description('数据源的填报模板')
    .command('template <feed>')
    .description('写出一个数据源的 Excel 填报模板：表头、下拉选项、示例、填写说明')
    .option('--out <FILE>', '写到哪个文件')
    .action(saveTemplate)
}

function listFeeds(json: boolean): void {
  const feeds = describeFeeds()
  if (json) {
    writeLine(JSON.stringify(feeds, null, 2))
    return
  }
  writeTable(
    ['代码', '名称', '部门', '周期', '必填列'],
    feeds.map((feed) => [
      feed.code,
      feed.name.zh,
      feed.department,
      feed.cadence,
      feed.columns
        .filter((column) => column.required)
        .map((column) => column.header)
        .join('、'),
    ]),
  )
}

async function runImport(feed: string, file: string, options: ImportOptions): Promise<void> {
  if (!existsSync(file)) throw new Refusal(`没有文件 ${file}`, exitCodes.notFound)
  const { json, sheet, area, corrects, periodTo, leaveOut } = options
  const show = progressLine(json)
  await withPlatform(options.asOf, async (platform) => {
    const received = { name: path.basename(file), body: createReadStream(file) }
    const request = {
      ...{ feed, area, corrects, periodTo },
      sheets: sheet.length > 0 ? sheet : undefined,
      leaveOut: leaveOut ? ('all' as const) : undefined,
    }
    const created = await importFile(platform, received, request, (progress) =>
      show(`${stageText[progress.stage]} ${progress.rows} 行 ${Math.round(progress.share * 100)}%`, progress),
    ).catch((error) => {
      throw nameColumns(feed, error)
    })
    endProgress(json)
    const batch = await getBatch(platform, everything, created.ref)
    const sizes = await findSizes(platform, batch)
    if (json) writeJson({ ...batch, ...sizes })
    else printBatch(batch)
    if (sizes && !json) writeLine(`  ${sizesText(sizes)}`)
    if (batch.state !== 'merged' && batch.state !== 'unchanged') throw new Refusal(whyNot(batch))
    const nothing = nothingTaken(batch)
    if (nothing !== undefined) throw new Refusal(nothing)
  })
}

/** Missing and doubtful columns by the headers their department knows, amounts of no usable unit by their cell. */
function nameColumns(feed: string, error: unknown): unknown {
  if (!(error instanceof AppError)) return error
  if (error.code === 'columns-doubtful') return new Refusal(doubtfulText(feed, error.details))
  const text = unitText(error) ?? fileText(feed, error)
  if (text !== undefined) return new Refusal(text)
  if (error.code !== 'columns-missing') return error
  const columns = describeFeeds().find(({ code }) => code === feed)?.columns ?? []
  const missing = Array.isArray(error.details.columns) ? error.details.columns : []
  const headers = missing.map((key) => columns.find((column) => column.key === key)?.header ?? String(key))
  return new Refusal(`文件里没有这些必填列：${headers.join('、')}。请补上，或确认数据源「${feed}」没有选错。`)
}

function printBatch(batch: Awaited<ReturnType<typeof getBatch>>): void {
  const { counts } = batch
  const state = nothingTaken(batch) === undefined ? stateText[batch.state] : '没有一行入库'
  writeLine(`批次 ${batch.ref}  ${batch.feedName.zh}  ${state ?? batch.state}`)
  if (counts.total === undefined) return
  writeLine(
    `  共 ${counts.total} 行：退回 ${counts.rejected ?? 0}，重复 ${counts.duplicates ?? 0}，册外 ${counts.unmatched ?? 0}`,
  )
  for (const line of sheetLines(batch)) writeLine(`  ${line}`)
  printFigures(batch)
  if (counts.inserted === undefined) return
  writeLine(
    `  新增 ${counts.inserted}，更正 ${counts.superseded ?? 0}，无变化 ${counts.unchanged ?? 0}，待核对 ${batch.openReviews}`,
  )
  if (counts.late) writeLine(`  早于已知 ${counts.late} 行：留作过去的情况，不改现在的`)
  const waiting = waitingRefundsLine(batch)
  if (waiting) writeLine(`  ${waiting}`)
  writeLine(
    `  涉及 ${counts.touchedHouseholds ?? 0} 户，新信号 ${counts.newSignals ?? 0}，新线索 ${counts.newClues ?? 0}`,
  )
}

/** Of a file of the register: in how many households of its area the stated size is not that of the members. */
async function findSizes({ database, clock }: Platform, { feed, state, area }: Batch) {
  if (state !== 'merged' || (feed !== 'household' && feed !== 'member')) return undefined
  const scope = areaScope(area.code)
  const { sizeDiffers } = await findContradictions(database.db, scope, scope, clock.today())
  return { sizeDiffers }
}

function printFigures(batch: Awaited<ReturnType<typeof getBatch>>): void {
  for (const line of figureLines(batch)) writeLine(`  ${line}`)
}

async function listBatches({ feed, json }: { feed?: string; json: boolean }): Promise<void> {
  await withPlatform(undefined, async (platform) => {
    const { rows, total } = await searchBatches(platform, everything, { feed }, { page: 1, size: 200 })
    if (json) for (const batch of rows) writeJson(batch)
    else {
      writeTable(
        ['批次', '数据源', '文件', '日期', '状态', '行数', '退回', '新线索'],
        rows.map(({ ref, feedName, fileName, asOf, state, counts }) => [
          ref,
          feedName.zh,
          fileName,
          asOf,
          stateText[state] ?? state,
          counts.total ?? '',
          counts.rejected ?? '',
          counts.newClues ?? '',
        ]),
      )
      if (total > rows.length) writeLine(`（共 ${total} 批，只列出最新 ${rows.length} 批）`)
    }
  })
}

/** No database is needed: a template says what a feed is. */
async function saveTemplate(code: string, { out }: { out?: string }): Promise<void> {
  const feed = findFeed(code)
  if (!feed) throw new Refusal(`没有数据源 ${code}，可用的见 shouwang feeds`, exitCodes.notFound)
  const file = path.resolve(out ?? `${feed.name.zh}-填报模板.xlsx`)
  await pipeline(workbookStream(feedTemplate(feed)), createWriteStream(file))
  writeLine(`模板已写到 ${file}`)
}

async function saveRejects(ref: string, { out }: { out: string }): Promise<void> {
  await withPlatform(undefined, async (platform) => {
    const format = out.endsWith('.xlsx') ? 'xlsx' : 'csv'
    const { body } = await rejectFile(platform, everything, ref, format)
    await platform.audit.record(platform.database.db, {
      action: 'batches.rejects',
      object: { kind: 'batch', ref },
      detail: { way: 'command line' },
    })
    await pipeline(body, createWriteStream(out, { mode: 0o600 }))
    writeLine(`退回的行已写到 ${path.resolve(out)}`)
  })
}
