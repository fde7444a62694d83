import { AsyncLocalStorage } from 'node:async_hooks'
import { type Meter, ROOT_CONTEXT, type Span, SpanStatusCode, trace } from '@opentelemetry/api'
import { resourceFromAttributes } from '@opentelemetry/resources'
import { type IMetricReader, MeterProvider } from '@opentelemetry/sdk-metrics'
import { type SpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace'
import { errorStatus } from '#contract/errors.ts'
import { watch } from './watched.ts'

export interface Telemetry {
  meter: Meter
  stop(): Promise<void>
}

/** Seconds between what nobody notices and what nobody waits for. */
const boundaries = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30]

/**
 * Traces and metrics of everything that is watched, handed to the given exporters. All that leaves are kinds, names from the code,
 * durations and codes of our own: nothing that was asked or answered, no text of a failure.
 */
export function openTelemetry(readers: IMetricReader[], spanProcessors: SpanProcessor[]): Telemetry {
  const resource = resourceFromAttributes({ 'service.name': 'shouwang' })
  const meters = new MeterProvider({ resource, readers })
  const tracers = new TracerProvider({ resource, spanProcessors })
  const meter = meters.getMeter('shouwang')
  const tracer = tracers.getTracer('shouwang')
  const durations = meter.createHistogram('shouwang_duration_seconds', {
    description: 'Requests, jobs and statements by name and outcome',
    advice: { explicitBucketBoundaries: boundaries },
  })
  const current = new AsyncLocalStorage<Span>()
  const unwatch = watch({
    async run(kind, name, work) {
      const parent = current.getStore()
      // A statement by itself (a timer, a start) is counted and leaves no trace of its own.
      const context = parent ? trace.setSpan(ROOT_CONTEXT, parent) : ROOT_CONTEXT
      const span =
        parent || kind !== 'statement'
          ? tracer.startSpan(`${kind} ${name}`, { attributes: { kind, name } }, context)
          : undefined
      const began = performance.now()
      let outcome = 'ok'
      try {
        return await (span ? current.run(span, work) : work())
      } catch (error) {
        outcome = outcomeOf(error)
        span?.setStatus({ code: SpanStatusCode.ERROR })
        throw error
      } finally {
        durations.record((performance.now() - began) / 1000, { kind, name, outcome })
        span?.setAttribute('outcome', outcome)
        span?.end()
      }
    },
  })
  return {
    meter,
    async stop() {
      unwatch()
      await Promise.all([meters.shutdown(), tracers.shutdown()])
    },
  }
}

/** Our own code of a failure; whatever else failed is `error`, its message may hold anything. */
function outcomeOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  return typeof code === 'string' && Object.hasOwn(errorStatus, code) ? code : 'error'
}
