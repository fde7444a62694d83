import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type GeoPermissibleObjects, geoIdentity, geoPath } from 'd3-geo'
import { useId, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { AreaRisk } from '#contract/overview.ts'
import { SkeletonRows } from '#web/ui/states.tsx'
import { type RiskScale, riskRate } from './risk-scale.ts'

interface CountyShape {
  code: number
  path: string
  centre: [number, number]
  /** Area on screen, to know whether a name fits. */
  size: number
}

interface Outlines {
  type: 'FeatureCollection'
  features: {
    type: 'Feature'
    geometry: { type: string; coordinates: Coordinates[] }
    properties: { code: number | string }
  }[]
}

const countyOf = (feature: Outlines['features'][number]) => Math.floor(Number(feature.properties.code) / 1e6)

const width = 720
const height = 760

async function fetchOutlines(): Promise<Outlines> {
  const response = await fetch('/geo/anhui-counties.geojson')
  if (!response.ok) throw new TypeError('no outlines')
  return response.json()
}

/** Degrees of longitude are this much shorter than those of latitude in the middle of Anhui. */
const narrowing = Math.cos((31.9 * Math.PI) / 180)

/** A flat drawing: at the size of a province that is true enough, and it does not mind which way an outline runs. */
function project(outlines: Outlines, isShown: (county: number) => boolean): CountyShape[] {
  const features = outlines.features.filter((feature) => isShown(countyOf(feature))).map(narrowed)
  const all = { type: 'FeatureCollection', features } as GeoPermissibleObjects
  const path = geoPath(geoIdentity().reflectY(true).fitSize([width, height], all)).digits(1)
  return features.map((feature) => ({
    code: countyOf(feature),
    path: path(feature as GeoPermissibleObjects) ?? '',
    centre: path.centroid(feature as GeoPermissibleObjects),
    size: path.area(feature as GeoPermissibleObjects),
  }))
}

type Feature = Outlines['features'][number]
type Coordinates = number | Coordinates[]

function narrowed(feature: Feature): Feature {
  const squeeze = (coordinates: Coordinates[]): Coordinates[] =>
    typeof coordinates[0] === 'number'
      ? [coordinates[0] * narrowing, coordinates[1] ?? 0]
      : coordinates.map((inner) => squeeze(inner as Coordinates[]))
  return { ...feature, geometry: { ...feature.geometry, coordinates: squeeze(feature.geometry.coordinates) } }
}

interface CountyMapProps {
  areas: AreaRisk[]
  scale: RiskScale
  /** City (4 digits) whose other counties are drawn around, without figures: where the areas lie. */
  around?: number
}

/** Our own drawing: every county is a link that keyboards and screen readers reach, and it prints. */
export function CountyMap({ areas, scale, around }: CountyMapProps) {
  const { t } = useTranslation('overview')
  const hatch = useId()
  const navigate = useNavigate()
  const outlines = useQuery({
    queryKey: ['outlines'],
    queryFn: fetchOutlines,
    staleTime: Number.POSITIVE_INFINITY,
  })
  const byCounty = useMemo(() => new Map(areas.map((area) => [Math.floor(area.code / 1e6), area])), [areas])
  const shapes = useMemo(
    () =>
      outlines.data
        ? project(outlines.data, (county) => byCounty.has(county) || Math.floor(county / 100) === around)
        : [],
    [outlines.data, byCounty, around],
  )
  if (outlines.isPending) return <SkeletonRows rows={12} height={36} />
  const without = areas.filter((area) => !shapes.some((shape) => shape.code === Math.floor(area.code / 1e6)))
  const open = (area: AreaRisk) => navigate({ to: '/overview', search: { area: area.code } })

  return (
    <div className="map">
      <svg viewBox={`0 0 ${width} ${height}`} className="map-svg">
        <title>{t('mapTitle')}</title>
        <defs>
          <pattern
            id={hatch}
            width="7"
            height="7"
            patternUnits="userSpaceOnUse"
            patternTransform="rotate(45)"
          >
            <rect width="2" height="7" fill="#5b6472" fillOpacity="0.4" />
          </pattern>
        </defs>
        {shapes.map((shape) => {
          const area = byCounty.get(shape.code)
          if (!area) return <path key={shape.code} d={shape.path} className="outside" />
          const label = `${area.name}: ${t('open')} ${area.openClues}, ${t('rate')} ${riskRate(area).toFixed(1)}${area.lateFeeds.length > 0 ? `, ${t('late')}` : ''}`
          return (
            <a
              key={shape.code}
              href={`/overview?area=${area.code}`}
              aria-label={label}
              className="county"
              onClick={(event) => {
                event.preventDefault()
                open(area)
              }}
            >
              <title>{label}</title>
              <path d={shape.path} fill={scale.colour(riskRate(area))} />
              {area.lateFeeds.length > 0 && <path d={shape.path} fill={`url(#${hatch})`} className="late" />}
            </a>
          )
        })}
        <g className="county-names">
          {shapes
            .filter((shape) => shape.size > 2600)
            .map((shape) => {
              const area = byCounty.get(shape.code)
              const dark = area
                ? riskRate(area) > (scale.legend.at(-3)?.upTo ?? Number.POSITIVE_INFINITY)
                : false
              return (
                <text
                  key={shape.code}
                  x={shape.centre[0]}
                  y={shape.centre[1]}
                  className={dark ? 'on-dark' : ''}
                >
                  {area?.name.replace(/(.{2,})[\u53bf\u533a\u5e02]$/, '$1')}
                </text>
              )
            })}
        </g>
      </svg>
      {around === undefined && (
        <div className="map-side">
          <ul className="legend" aria-label={t('perHundred')}>
            <li className="muted">{t('perHundred')}</li>
            <li>
              <i style={{ background: scale.colour(0) }} />
              {t('legendNone')}
            </li>
            {scale.legend.map((step) => (
              <li key={step.upTo}>
                <i style={{ background: step.colour }} />≤ {step.upTo}
              </li>
            ))}
            <li>
              <i className="hatched" />
              {t('legendLate')}
            </li>
          </ul>
          {without.length > 0 && (
            <div className="zones no-print">
              <h3>{t('withoutShape')}</h3>
              <ul>
                {without.map((area) => (
                  <li key={area.code}>
                    <a
                      href={`/overview?area=${area.code}`}
                      onClick={(event) => {
                        event.preventDefault()
                        open(area)
                      }}
                    >
                      <i style={{ background: scale.colour(riskRate(area)) }} />
                      {area.name}
                    </a>
                  </li>
                ))}
              </ul>
            </div>
          )}
        </div>
      )}
    </div>
  )
}
