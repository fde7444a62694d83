/**
 * What no honest file of a department comes near, and what a hostile one would need to fill memory or disk. Not to be configured:
 * the size of the file itself is (SHOUWANG_MAX_UPLOAD_MB); these follow from what a table is.
 */
export const limits = {
  /** The format's own. */
  rows: 1_048_576,
  /** Of csv, whose format has no limit of its own: the largest file that may be sent, at fifty bytes a row; empty ones as of a workbook. */
  textRows: 20_000_000,
  /** Cells further right are left out of workbooks, where one stray cell would widen every row; other files are refused. */
  columns: 1024,
  sheets: 200,
  /** Characters of a cell: what Excel itself can hold. */
  cell: 32_767,
  /** Characters of a row, its cells together. */
  row: 1024 ** 2,
  /** Parts of a package. */
  parts: 10_000,
  /** Attributes of an element: writers need some twenty. */
  attributes: 200,
  /** Pages and pictures of a web archive. */
  archived: 2000,
  /** Unpacked bytes of a part, and of all together: a million rows of 17 columns make 1 GiB. */
  unpacked: 8 * 1024 ** 3,
  /** Unpacked for packed; repetitive sheets reach 30. Smaller packages may be packed as tightly as they like. */
  ratio: 150,
  ratioFrom: 64 * 1024 ** 2,
  /** Unpacked bytes of parts that are read as a whole: workbook, relations, styles. */
  smallPart: 32 * 1024 ** 2,
} as const
