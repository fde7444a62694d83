import type { Meter, Observable } from '@opentelemetry/api'
import { OTLPMetricExporter } from '@opentelemetry/exporter-metrics-otlp-http'
import { PrometheusExporter } from '@opentelemetry/exporter-prometheus'
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http'
import { type IMetricReader, PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics'
import { BatchSpanProcessor } from '@opentelemetry/sdk-trace'
import { type Figures, readFigures } from '#server/modules/operations/index.ts'
import type { Services } from '#server/platform/http/rpc.ts'
import { openTelemetry, type Telemetry } from '#server/platform/watch/telemetry.ts'
import { ConfigError, type TelemetryConfig } from './config.ts'

/** Loaded only where it is wanted (`main.ts`): the packages take 150 ms of a start. */
export async function startTelemetry(
  { metricsPort, metricsHost, otlp }: TelemetryConfig,
  services: Services,
): Promise<Telemetry> {
  const readers: IMetricReader[] = []
  if (metricsPort !== undefined) {
    const prometheus = new PrometheusExporter({
      ...{ host: metricsHost, port: metricsPort, preventServerStart: true },
      withoutScopeInfo: true,
    })
    await prometheus.startServer().catch((cause: Error) => {
      throw new ConfigError(
        `Metrics cannot be offered at ${metricsHost}:${metricsPort} (${cause.message}). Choose another SHOUWANG_METRICS_PORT.`,
        { cause },
      )
    })
    readers.push(prometheus)
  }
  // Address, headers and interval are read from the standard OTEL_… settings.
  if (otlp) readers.push(new PeriodicExportingMetricReader({ exporter: new OTLPMetricExporter() }))
  const spans = otlp ? [new BatchSpanProcessor({ exporter: new OTLPTraceExporter() })] : []
  const telemetry = openTelemetry(readers, spans)
  observe(telemetry.meter, services)
  return telemetry
}

interface Gauge {
  description: string
  values(figures: Figures): [number, Record<string, string>?][]
}

const age = (instant: string | undefined, { at }: Figures): [number][] =>
  instant ? [[(at.getTime() - new Date(instant).getTime()) / 1000]] : []

/** What is looked at, by its name at the other end; a figure that is not known is not there. */
export const gauges: Record<string, Gauge> = {
  shouwang_database_bytes: {
    description: 'Size of the database',
    values: ({ database }) => [[database.bytes]],
  },
  shouwang_queue_jobs: {
    description: 'Jobs by queue and state; failed ones of the last day',
    values: ({ queues }) =>
      queues.flatMap(({ queue, waiting, active, failed }) => [
        [waiting, { queue, state: 'waiting' }],
        [active, { queue, state: 'active' }],
        [failed, { queue, state: 'failed' }],
      ]),
  },
  shouwang_queue_oldest_seconds: {
    description: 'How long the oldest job has waited',
    values: ({ queues }) => queues.map(({ queue, oldestSeconds }) => [oldestSeconds, { queue }]),
  },
  shouwang_held_batches: {
    description: 'Batches that wait for a decision',
    values: ({ held }) => [[held.batches]],
  },
  shouwang_batches_oldest_seconds: {
    description: 'How long the oldest held batch has waited',
    values: ({ held }) => [[held.oldestSeconds]],
  },
  shouwang_seals_pending: {
    description: 'Audit entries not sealed yet',
    values: ({ seals }) => [[seals.pending]],
  },
  shouwang_seal_lag_seconds: {
    description: 'How long the oldest of them has waited',
    values: ({ seals }) => [[seals.lagSeconds]],
  },
  shouwang_tally_differences: {
    description: 'Tallies found wrong last night',
    values: ({ tallyDifferences }) => (tallyDifferences === null ? [] : [[tallyDifferences]]),
  },
  shouwang_backup_age_seconds: {
    description: 'Age of the last good backup',
    values: (figures) => age(figures.backup.state.lastGood?.startedAt, figures),
  },
  shouwang_backup_kept_lag_seconds: {
    description: 'How far the kept changes are behind',
    values: (figures) =>
      figures.backup.keptBy === 'server' ? age(figures.backup.state.keptUntil, figures) : [],
  },
  shouwang_backup_failing: {
    description: '1 while backups fail',
    values: ({ backup }) => [[backup.state.failure ? 1 : 0]],
  },
  shouwang_source_late_counties: {
    description: 'Counties in which a source is late',
    values: ({ sources }) => sources.map(({ feed, late }) => [late, { feed }]),
  },
  shouwang_slow_statements: {
    description: 'Statements of requests above a second, since the start',
    values: ({ slow }) => [[slow.total]],
  },
  shouwang_disk_free_bytes: {
    description: 'Free on the disk of the data folder',
    values: ({ disk }) => [[disk.freeBytes]],
  },
  shouwang_memory_bytes: {
    description: 'Memory of the server process',
    values: () => [[process.memoryUsage.rss()]],
  },
}

function observe(meter: Meter, services: Services): void {
  const instruments = new Map<Observable, Gauge>(
    Object.entries(gauges).map(([name, gauge]) => [
      meter.createObservableGauge(name, { description: gauge.description }),
      gauge,
    ]),
  )
  meter.addBatchObservableCallback(
    async (result) => {
      const figures = await readFigures(services).catch((error: unknown) => {
        services.log.warn({ err: error }, 'metrics')
        return undefined
      })
      if (!figures) return
      for (const [instrument, { values }] of instruments)
        for (const [value, labels] of values(figures)) result.observe(instrument, value, labels)
    },
    [...instruments.keys()],
  )
}
