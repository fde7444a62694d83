import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Policy } from '#contract/feeds/policy.ts'
import { api } from '#web/api/client.ts'
import { useMe } from '#web/api/session.ts'
import { TableExport } from '#web/ui/files/table-export.tsx'
import { formatCount } from '#web/ui/words/format.ts'
import { useText } from '#web/ui/words/use-text.ts'
import { feedFreshness, groups, parametersOf } from './search-policy.ts'
import { SourceLine, StatusMark } from './source-line.tsx'

type Parameter = Policy['parameters'][number]
type Value = Parameter['values'][number]

export function Parameters({ parameters, day }: { parameters: readonly Parameter[]; day: string }) {
  const { t } = useTranslation('policy')
  return (
    <section aria-labelledby="parameters">
      <h2 id="parameters">{t('parametersTitle')}</h2>
      <p className="muted">{t('parametersLead')}</p>
      {groups.map((group) => {
        const inGroup = parametersOf(parameters, group)
        return inGroup.length === 0 ? null : (
          <div key={group} className="panel parameter-group">
            <h3>{t(`groups.${group}`)}</h3>
            <ParameterTable parameters={inGroup} caption={t(`groups.${group}`)} day={day} />
          </div>
        )
      })}
      <Freshness parameters={parameters} />
    </section>
  )
}

/** Nothing of it is in force on the day shown. */
const isUnset = ({ values }: Parameter) => !values.some(({ current }) => current)

interface ParameterTableProps {
  parameters: readonly Parameter[]
  caption: string
  day: string
}

function ParameterTable({ parameters, caption, day }: ParameterTableProps) {
  const { t } = useTranslation('policy')
  const text = useText()
  return (
    <>
      <TableExport title={caption} of={`parameters-${caption}`} />
      <table id={`parameters-${caption}`} className="parameters">
        <caption className="visually-hidden">{caption}</caption>
        <thead>
          <tr>
            <th scope="col">{t('parameter.name')}</th>
            <th scope="col" className="number">
              {t('parameter.value')}
            </th>
            <th scope="col">{t('parameter.period')}</th>
            <th scope="col">{t('parameter.place')}</th>
            <th scope="col">{t('source')}</th>
          </tr>
        </thead>
        {parameters.map((parameter) => (
          <tbody key={parameter.key}>
            {isUnset(parameter) && (
              <tr className="current">
                <th scope="rowgroup" rowSpan={parameter.values.length + 1}>
                  {text(parameter.label)}
                </th>
                <td colSpan={4} className="unset">
                  {t('parameter.unset', { day })}
                </td>
              </tr>
            )}
            {parameter.values.map((value, i) => (
              <tr key={`${value.from}:${value.place}`} className={value.current ? 'current' : 'other'}>
                {i === 0 && !isUnset(parameter) && (
                  <th scope="rowgroup" rowSpan={parameter.values.length}>
                    {text(parameter.label)}
                  </th>
                )}
                <td className="number">
                  <Figure unit={parameter.unit} value={value.value} />
                </td>
                <td>
                  <Period value={value} many={parameter.values.length > 1} />
                </td>
                <td>{value.place}</td>
                <td>
                  <SourceLine source={value.source} />
                </td>
              </tr>
            ))}
          </tbody>
        ))}
      </table>
    </>
  )
}

/** Only where there are several values does it need saying which one counts. */
function Period({ value, many }: { value: Value; many: boolean }) {
  const { t } = useTranslation('policy')
  const { asOf } = useMe()
  const { from, to } = value
  const when = value.current ? 'current' : from > asOf ? 'future' : 'past'
  return (
    <>
      {to ? t('parameter.between', { from, to }) : t('parameter.from', { from })}
      {many && <span className={`when ${when}`}>{t(`parameter.${when}`)}</span>}
    </>
  )
}

const worded = ['days', 'working-days', 'months', 'minutes', 'years'] as const

function Figure({ unit, value }: { unit: string; value: number }) {
  const { t } = useTranslation('policy')
  if (unit === 'fen') return t('units.fen', { value: formatCount(value / 100) })
  if (unit === 'bp') return t('units.bp', { value: formatCount(value / 100) })
  // Litres are kept in tenths.
  if (unit === 'litres') return t('units.litres', { value: formatCount(value / 10) })
  const known = worded.find((one) => one === unit)
  return t(`units.${known ?? 'plain'}`, { value: formatCount(value) })
}

function Freshness({ parameters }: { parameters: readonly Parameter[] }) {
  const { t } = useTranslation('policy')
  const text = useText()
  const { data = [] } = useQuery({ queryKey: ['feeds'], queryFn: () => api.feeds.list(), staleTime: 600_000 })
  const rows = feedFreshness(parameters)
  if (rows.length === 0) return null
  return (
    <div className="panel parameter-group">
      <h3>{t('groups.feeds')}</h3>
      <TableExport title={t('groups.feeds')} of="parameters-freshness" />
      <table id="parameters-freshness" className="parameters freshness">
        <caption className="visually-hidden">{t('groups.feeds')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('parameter.feed')}</th>
            <th scope="col">{t('parameter.cadence')}</th>
            <th scope="col">{t('parameter.maxAge')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ feed, cadence, maxAge }) => {
            const known = data.find(({ code }) => code === feed)
            return (
              <tr key={feed}>
                <th scope="row">{known ? text(known.name) : feed}</th>
                <td>{cadence && <Days parameter={cadence} />}</td>
                <td>{maxAge && <Days parameter={maxAge} />}</td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </div>
  )
}

function Days({ parameter }: { parameter: Parameter }) {
  const value = parameter.values.find(({ current }) => current) ?? parameter.values[0]
  return (
    value && (
      <span className="days">
        <span className="days-number">
          <Figure unit={parameter.unit} value={value.value} />
        </span>
        <StatusMark status={value.source.status} />
      </span>
    )
  )
}
