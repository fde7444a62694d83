import type { Shape } from '#web/locales/shape.ts'
import type { intakeProblems as zh } from './zh-CN.ts'

/** Every failure that can occur on the way of a file: what happened, what it means, what to do. */
export const intakeProblems: Shape<typeof zh> = {
  'not-signed-in': {
    what: 'Your sign-in has expired.',
    means: 'That step was not carried out; no data was changed.',
    todo: 'Sign in and do it again.',
  },
  'not-allowed': {
    what: 'Your account may not do this, or the chosen area or kind of data is not yours.',
    means: 'Nothing was stored.',
    todo: 'Check “Area covered” and “Kind of data”; if you do need it, ask your county administrator.',
  },
  'not-found': {
    what: 'Something was not found: the uploaded file, the chosen area, or the batch to correct.',
    means: 'No batch was created.',
    todo: 'Upload the file again; if you were correcting a batch, choose it again.',
  },
  'bad-request': {
    what: 'The assigned columns do not fit the file.',
    means: 'No batch was created.',
    todo: 'Choose the kind of data again, check each column, then start.',
  },
  'file-empty': {
    what: 'There is no data in the file.',
    means: 'Perhaps nothing was selected on export, or an empty sheet was saved.',
    todo: 'Open the file and look for data rows, then export and upload it again.',
  },
  'file-too-large': {
    what: 'The file is larger than {{limit}}.',
    means: 'It was not kept.',
    todo: 'Split it by county or month and upload the parts; saved as csv it is usually much smaller.',
  },
  'file-unreadable': {
    what: 'The file cannot be read.',
    means: 'Nothing was stored.',
    todo: 'See whether Excel opens it, save it as xlsx or csv, and upload it again.',
  },
  'not-a-table': {
    what: 'This is not a table; it looks like {{looksLike}}.',
    means: 'Only tables can be read, not pictures or documents.',
    todo: 'Upload the original Excel or csv file; if there is only a document, make a table of it first.',
  },
  archive: {
    what: 'This is an archive ({{looksLike}}).',
    means: 'It may hold several files and is not unpacked automatically.',
    todo: 'Unpack it and upload the tables one by one.',
  },
  unsupported: {
    what: 'This kind of spreadsheet ({{looksLike}}) cannot be read.',
    means: 'The file was not kept.',
    todo: 'Open it in Excel or WPS, save it as xlsx, and upload that.',
  },
  encrypted: {
    what: 'The file is protected by a password.',
    means: 'The system does not know it and cannot read the content.',
    todo: 'Remove the password in Excel (File → Info → Protect Workbook), save, and upload again. The system itself encrypts the files it keeps.',
  },
  damaged: {
    what: 'The file is damaged; reading stopped half way.',
    means: 'Nothing was stored. Often a download or copy was not finished.',
    todo: 'Export or copy it again; if Excel opens it, save it as xlsx and upload that.',
  },
  'too-large': {
    what: 'Unpacked, the file is abnormally large.',
    means: 'Reading was stopped to protect the system; nothing was stored.',
    todo: 'Remove spare sheets and blank rows, or save it as csv, then upload again.',
  },
  'cell-too-long': {
    what: 'The cell in row {{row}}, column {{column}} holds more than {{limit}} characters.',
    means: 'That is no cell of a table. To protect the system reading stopped; nothing was stored.',
    todo: 'Look at that cell: most likely a whole text or a picture was pasted into it. Remove it and upload again.',
  },
  'row-too-long': {
    what: 'Row {{row}} is longer than {{limit}} characters.',
    means: 'To protect the system reading stopped; nothing was stored.',
    todo: 'Look at that row: most likely a line break is missing or something was pasted into it. Mend it and upload again.',
  },
  'too-many-columns': {
    what: 'Row {{row}} has more than {{limit}} columns.',
    means: 'No department has a table that wide; nothing was stored.',
    todo: 'See whether a line break is missing or the separator is wrong there, or save it as xlsx in Excel and upload again.',
  },
  'quote-not-closed': {
    what: 'A quotation mark (") opened in row {{row}} has no end.',
    means: 'From that row on the cells cannot be told apart; nothing was stored.',
    todo: 'Go to row {{row}} and remove the stray mark, or save the file as xlsx from Excel and upload that.',
  },
  'sheet-not-found': {
    what: 'The file has no sheet “{{sheet}}”.',
    means: 'Nothing was stored.',
    todo: 'Upload the file again and choose the sheet once more.',
  },
  'header-not-found': {
    what: 'No header was found.',
    means: 'None of the first 40 rows looks like column names, so the columns cannot be told apart.',
    todo: 'Make sure one row holds the column names (such as name and ID number), and upload again.',
  },
  'columns-missing': {
    what: 'Required columns are missing: {{columns}}.',
    means: 'Without them nothing can be compared; no batch was created.',
    todo: 'Choose the matching columns; if the file lacks them, add them and upload again.',
  },
  'columns-doubtful': {
    what: 'These columns look needed and have no answer yet: {{columns}}.',
    means: 'One column of amounts left out makes figures wrong; no batch was created.',
    todo: 'Choose them in the columns above, or tick “not needed”, and start again.',
  },
  'unit-contradictory': {
    what: 'The unit of the amounts contradicts itself: {{place}} says “{{text}}”, another place “{{other}}”.',
    means: 'It is not known which one counts; no amount was stored.',
    todo: 'Leave the right unit alone in the file and upload it again.',
  },
  'unit-unknown': {
    what: '{{place}} says “{{text}}”, which is no known unit of money.',
    means: 'The amounts cannot be turned into yuan; nothing was stored.',
    todo: 'Write one of 元, 百元, 千元, 万元, 亿元 and upload again.',
  },
  'currency-foreign': {
    what: '{{place}} says “{{text}}”, a foreign currency.',
    means: 'Only amounts in yuan are taken; nothing was stored.',
    todo: 'Convert them to yuan, write the unit, and upload again.',
  },
  'basis-differs': {
    what: '{{place}} says “{{text}}”: amounts per head, per month or of another time than the column is for.',
    means: 'They cannot be converted; no amount was stored.',
    todo: 'Give the amounts the column is for (incomes of the whole household and year, aid per month), mend title or header, and upload again.',
  },
  'sheets-unclear': {
    what: 'It is not certain which sheets to read: {{sheets}}.',
    means: 'Their columns differ, or some are hidden or have no header; no batch was created.',
    todo: 'Choose one, or check only sheets with the same columns; or make the columns alike and upload again.',
  },
  'names-cut': {
    what: 'Names of the dbf that were cut cannot be told apart: {{columns}}.',
    means: 'No batch was created.',
    todo: 'Choose each column by hand, or save the table as xlsx or csv with whole names.',
  },
  'batch-not-held': {
    what: 'Someone has decided on this batch already.',
    means: 'Your decision did not take effect.',
    todo: 'The page has been updated; see how it stands.',
  },
  'batch-not-merged': {
    what: 'The batch is not stored yet.',
    means: 'Nothing was changed.',
    todo: 'Wait until it is stored before correcting or confirming; or do not choose a batch to correct.',
  },
  'reason-required': {
    what: 'No reason was given.',
    means: 'The decision did not take effect.',
    todo: 'Give a reason and confirm again.',
  },
  'too-many-rows': {
    what: 'Too many rows at once.',
    means: 'None of the rows was decided.',
    todo: 'Select fewer and do it in parts.',
  },
  'key-wrong': {
    what: 'The encryption key does not fit the stored data.',
    means: 'Stored files cannot be opened; this batch was not processed.',
    todo: 'Ask the system administrator to check the key file; do not keep uploading.',
  },
  'file-damaged': {
    what: 'The stored file is damaged; the key is in order.',
    means: 'This batch was not processed; data merged before are untouched.',
    todo: 'Send the same file again, and ask the system administrator to check the disk and restore the file from a backup.',
  },
  internal: {
    what: 'Something went wrong inside the system; the file is not at fault.',
    means: 'This step was not carried out; earlier data is untouched.',
    todo: 'Try again later; if it persists, tell the administrator the code below.',
  },
  offline: {
    what: 'The network is down or the service does not answer.',
    means: 'The last step may not have been carried out.',
    todo: 'Check the network and try again. Your file and settings are still here.',
  },
}
