/** One backup: everything that makes a data folder again, but the master key. */
export interface Manifest {
  version: 1
  startedAt: string
  endedAt: string
  database: {
    /** PostgreSQL's number of the database system: WAL of another one does not fit. */
    systemId: string
    timeline: number
    /** Bytes of a WAL segment. */
    segmentBytes: number
    startLsn: string
    /** From here on the database is consistent. */
    stopLsn: string
  }
  /** Bytes of all files. */
  bytes: number
  entries: ManifestEntry[]
}

export interface ManifestEntry {
  /** Below the data folder. */
  path: string
  kind: 'folder' | 'file'
  size: number
  /** Tags of the sealed pieces, in order, 1 MiB each but the last. */
  pieces: string[]
}
