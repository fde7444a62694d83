import { randomBytes } from 'node:crypto'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import path from 'node:path'
import { z } from 'zod'

const Environment = z.object({
  PORT: z.coerce.number().int().min(0).max(65535).default(8080),
  HOST: z.string().min(1).default('127.0.0.1'),
  SHOUWANG_DATA: z.string().min(1).default('.shouwang'),
  SHOUWANG_KEY: z
    .string()
    .regex(/^[0-9a-f]{64}$/i, 'must be 64 hexadecimal digits (32 bytes)')
    .optional(),
  SHOUWANG_KEY_FILE: z.string().min(1).optional(),
  SHOUWANG_PUBLIC_URL: z.url().optional(),
  SHOUWANG_DEMO: z.enum(['on', 'off']).optional(),
  SHOUWANG_DEMO_HOUSEHOLDS: z.coerce.number().int().min(200).max(2_000_000).default(10_000),
  SHOUWANG_TEMPLATES: z.string().min(1).optional(),
  SHOUWANG_FILES: z.string().min(1).optional(),
  SHOUWANG_ANCHOR_COPY: z.string().min(1).optional(),
  SHOUWANG_MAX_UPLOAD_MB: z.coerce.number().int().min(1).max(65_536).default(1024),
  SHOUWANG_WORKER_MEMORY_MB: z.coerce.number().int().min(256).max(65_536).default(2048),
  SHOUWANG_TRUSTED_PROXIES: z.string().optional(),
  SHOUWANG_OIDC_ISSUER: z.url().optional(),
  SHOUWANG_OIDC_CLIENT_ID: z.string().min(1).optional(),
  SHOUWANG_OIDC_CLIENT_SECRET: z.string().min(1).optional(),
  SHOUWANG_OIDC_LABEL: z.string().min(1).max(40).default('统一身份认证'),
  SHOUWANG_OIDC_USERNAME_CLAIM: z.string().min(1).default('preferred_username'),
  SHOUWANG_OIDC_SECOND_FACTOR: z.enum(['token', 'always']).default('token'),
  SHOUWANG_REQUESTS_PER_MINUTE: z.coerce.number().int().min(60).max(10_000_000).default(1200),
  SHOUWANG_AS_OF: z.iso.date('must be a day such as 2020-03-10').optional(),
  SHOUWANG_BACKUP_DIR: z.string().min(1).optional(),
  SHOUWANG_BACKUP_AT: z
    .string()
    .regex(
      /^([01]\d|2[0-3]):[0-5]\d(,([01]\d|2[0-3]):[0-5]\d)*$/,
      'must be times of day such as 02:30 or 02:30,14:30',
    )
    .default('02:30'),
  SHOUWANG_BACKUP_KEEP_DAYS: z.coerce.number().int().min(1).max(3650).default(30),
  SHOUWANG_METRICS_PORT: z.coerce.number().int().min(0).max(65535).optional(),
  SHOUWANG_METRICS_HOST: z.string().min(1).default('127.0.0.1'),
  OTEL_EXPORTER_OTLP_ENDPOINT: z.url().optional(),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/, error: 'must start with postgres://' }).optional(),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('warn'),
})

export interface Config {
  port: number
  host: string
  dataDirectory: string
  /** Folder of the received files, which all servers on one database share. */
  fileDirectory: string
  keyFile: string
  key: string | undefined
  publicUrl: string | undefined
  /** Whether the demonstration's accounts and data are wanted: by default only on the embedded database. */
  demo: boolean
  /** Households of the demonstration, made at the first start. */
  demoHouseholds: number
  /** Folder of the office's own Word forms. */
  templateDirectory: string | undefined
  /** Folder of a second place for the audit's anchors, best on another machine. */
  anchorCopy: string | undefined
  /** Largest file that may be sent. */
  maxUploadBytes: number
  /** Memory that looking into a file, or taking in a batch, may use. */
  workerMemoryMb: number
  /** Addresses of proxies whose word about the client's address is taken; none by default. */
  trustedProxies: string[]
  singleSignOn: SingleSignOn | undefined
  /** Requests one account may make a minute; an address five times as many. */
  requestsPerMinute: number
  /** Where and when the server makes backups by itself. */
  backup: BackupConfig | undefined
  /** Traces and metrics for others to see; nothing of it is loaded without. */
  telemetry: TelemetryConfig | undefined
  asOf: string | undefined
  databaseUrl: string | undefined
  logLevel: string
}

export interface BackupConfig {
  folder: string
  /** Times of day in China for a whole backup. */
  at: string[]
  /** Any instant of so many days can be restored. */
  keepDays: number
}

export interface TelemetryConfig {
  /** Where Prometheus finds `/metrics`. */
  metricsPort: number | undefined
  metricsHost: string
  /** Whether traces and metrics are sent to an OpenTelemetry collector. */
  otlp: boolean
}

/** Single sign-on at an OpenID provider. */
export interface SingleSignOn {
  label: string
  issuer: string
  clientId: string
  clientSecret: string
  /** Claim that holds the sign-in name here. */
  usernameClaim: string
  /** `token`: a second factor counts where the ID token says one was used; `always`: the provider is known to require one. */
  secondFactor: 'token' | 'always'
}

/** A setting that cannot be used; its message says which one, why, and what to write instead. */
export class ConfigError extends Error {}

export function readConfig(environment: NodeJS.ProcessEnv): Config {
  const set = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''))
  const parsed = Environment.safeParse(set)
  if (!parsed.success) {
    const lines = parsed.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`)
    throw new ConfigError(`These settings cannot be used:\n${lines.join('\n')}`)
  }
  const env = parsed.data
  const dataDirectory = path.resolve(env.SHOUWANG_DATA)
  return {
    port: env.PORT,
    host: env.HOST,
    dataDirectory,
    fileDirectory: path.resolve(env.SHOUWANG_FILES ?? path.join(dataDirectory, 'files')),
    keyFile: env.SHOUWANG_KEY_FILE ?? path.join(dataDirectory, 'master.key'),
    key: env.SHOUWANG_KEY,
    publicUrl: env.SHOUWANG_PUBLIC_URL,
    demo: env.SHOUWANG_DEMO ? env.SHOUWANG_DEMO === 'on' : env.DATABASE_URL === undefined,
    demoHouseholds: env.SHOUWANG_DEMO_HOUSEHOLDS,
    templateDirectory: readTemplateDirectory(env.SHOUWANG_TEMPLATES),
    anchorCopy: env.SHOUWANG_ANCHOR_COPY && path.resolve(env.SHOUWANG_ANCHOR_COPY),
    maxUploadBytes: env.SHOUWANG_MAX_UPLOAD_MB * 2 ** 20,
    workerMemoryMb: env.SHOUWANG_WORKER_MEMORY_MB,
    trustedProxies: (env.SHOUWANG_TRUSTED_PROXIES ?? '')
      .split(',')
      .map((one) => one.trim())
      .filter(Boolean),
    singleSignOn: readSingleSignOn(env),
    requestsPerMinute: env.SHOUWANG_REQUESTS_PER_MINUTE,
    backup: readBackup(env),
    telemetry:
      env.SHOUWANG_METRICS_PORT === undefined && env.OTEL_EXPORTER_OTLP_ENDPOINT === undefined
        ? undefined
        : {
            metricsPort: env.SHOUWANG_METRICS_PORT,
            metricsHost: env.SHOUWANG_METRICS_HOST,
            otlp: env.OTEL_EXPORTER_OTLP_ENDPOINT !== undefined,
          },
    asOf: env.SHOUWANG_AS_OF,
    databaseUrl: env.DATABASE_URL,
    logLevel: env.LOG_LEVEL,
  }
}

/** Only of the embedded database: a server of one's own has its own tools, which know where its WAL goes. */
function readBackup(env: z.infer<typeof Environment>): BackupConfig | undefined {
  if (env.SHOUWANG_BACKUP_DIR === undefined) return undefined
  if (env.DATABASE_URL !== undefined) {
    throw new ConfigError(
      'SHOUWANG_BACKUP_DIR is for the embedded database. A PostgreSQL of your own is backed up with its own tools: ' +
        'docs/operations.md says how. Leave the setting out.',
    )
  }
  return {
    folder: path.resolve(env.SHOUWANG_BACKUP_DIR),
    at: env.SHOUWANG_BACKUP_AT.split(','),
    keepDays: env.SHOUWANG_BACKUP_KEEP_DAYS,
  }
}

/** A folder that is not there would silently leave the office with the built-in forms. */
function readTemplateDirectory(folder: string | undefined): string | undefined {
  if (folder === undefined) return undefined
  const found = path.resolve(folder)
  if (existsSync(found) && statSync(found).isDirectory()) return found
  throw new ConfigError(
    `SHOUWANG_TEMPLATES names ${found}, which is no folder. Make it and copy forms from data/templates into it, or leave the setting out.`,
  )
}

/** Single sign-on: issuer, client and secret together or not at all, and a public address for the provider to come back to. */
function readSingleSignOn(env: z.infer<typeof Environment>): SingleSignOn | undefined {
  const { SHOUWANG_OIDC_ISSUER: issuer, SHOUWANG_OIDC_CLIENT_ID: clientId } = env
  const clientSecret = env.SHOUWANG_OIDC_CLIENT_SECRET
  if (!issuer && !clientId && !clientSecret) return undefined
  if (!issuer || !clientId || !clientSecret || !env.SHOUWANG_PUBLIC_URL) {
    throw new ConfigError(
      'Single sign-on needs SHOUWANG_OIDC_ISSUER, SHOUWANG_OIDC_CLIENT_ID, SHOUWANG_OIDC_CLIENT_SECRET and ' +
        'SHOUWANG_PUBLIC_URL together; leave the first three out to do without it.',
    )
  }
  return {
    ...{ issuer, clientId, clientSecret },
    label: env.SHOUWANG_OIDC_LABEL,
    usernameClaim: env.SHOUWANG_OIDC_USERNAME_CLAIM,
    secondFactor: env.SHOUWANG_OIDC_SECOND_FACTOR,
  }
}

/**
 * The 32-byte master key: from SHOUWANG_KEY, or from a key file that only its owner may read. A new key is made only
 * for the embedded database; a server of one's own must be given its key, so that a lost one is never replaced in silence.
 */
export function readMasterKey(config: Config): Buffer {
  if (config.key) return Buffer.from(config.key, 'hex')
  if (!existsSync(config.keyFile)) {
    if (config.databaseUrl) {
      throw new ConfigError(
        `No key: set SHOUWANG_KEY (64 hexadecimal digits) or put it into ${config.keyFile} with mode 0600.`,
      )
    }
    if (hasData(config)) {
      throw new ConfigError(
        `The key file ${config.keyFile} is missing, and there are data in ${config.dataDirectory} that were sealed with it. Put it ` +
          'back from its backup (or set SHOUWANG_KEY); no new key was made, for nothing sealed before could be opened with it. ' +
          'To begin anew without these data, give another folder: SHOUWANG_DATA=elsewhere.',
      )
    }
    mkdirSync(path.dirname(config.keyFile), { recursive: true, mode: 0o700 })
    // Whole and on the disk, or not at all: what is sealed with half a key is lost.
    const written = `${config.keyFile}.new`
    writeFileSync(written, randomBytes(32).toString('hex'), { mode: 0o600, flush: true })
    chmodSync(written, 0o600)
    renameSync(written, config.keyFile)
  }
  const mode = statSync(config.keyFile).mode & 0o777
  if ((mode & 0o077) !== 0) {
    throw new ConfigError(
      `The key file ${config.keyFile} has mode ${mode.toString(8)}; others may read it. Run: chmod 600 ${config.keyFile}`,
    )
  }
  const hex = readKeyFile(config.keyFile)
  if (!/^[0-9a-f]{64}$/i.test(hex)) {
    throw new ConfigError(`The key file ${config.keyFile} must hold 64 hexadecimal digits.`)
  }
  return Buffer.from(hex, 'hex')
}

/** Whether an earlier start left a database or received files here. */
function hasData({ dataDirectory, fileDirectory }: Config): boolean {
  const isFilled = (folder: string) => existsSync(folder) && readdirSync(folder).length > 0
  return [path.join(dataDirectory, 'postgres'), fileDirectory].some(isFilled)
}

function readKeyFile(file: string): string {
  try {
    return readFileSync(file, 'utf8').trim()
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause)
    throw new ConfigError(`The key file ${file} cannot be read by the user the platform runs as: ${why}.`, {
      cause,
    })
  }
}
