import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Button } from 'antd'
import { memo, useId, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AreaRisk } from '#contract/work/overview.ts'
import { type Picture, savePicture } from '#web/ui/files/save-picture.ts'
import { EmptyState, SkeletonRows } from '#web/ui/page/states.tsx'
import { formatCount } from '#web/ui/words/format.ts'
import { type CountyShape, drawCounties, fetchOutlines, mapWidth } from './county-shapes.ts'
import { MapLegend, mapRemarks, mapSteps, ZoneList } from './map-side.tsx'
import { isDark, type RiskScale, riskRate } from './risk-scale.ts'

interface CountyMapProps {
  areas: AreaRisk[]
  scale: RiskScale
  /** City (4 digits) whose other counties are drawn around, without figures: where the areas lie. */
  around?: number
  /** Title and file name of the picture one can save. */
  picture?: Omit<Picture, 'legend'>
}

/** Our own drawing: every county is a link that keyboards and screen readers reach, and it prints. */
export function CountyMap({ areas, scale, around, picture }: CountyMapProps) {
  const { t } = useTranslation('overview')
  const common = useTranslation().t
  const svg = useRef<SVGSVGElement>(null)
  const hatch = useId()
  const [pointed, setPointed] = useState<AreaRisk>()
  const outlines = useQuery({
    queryKey: ['outlines'],
    queryFn: fetchOutlines,
    staleTime: Number.POSITIVE_INFINITY,
  })
  const byCounty = useMemo(() => new Map(areas.map((area) => [Math.floor(area.code / 1e6), area])), [areas])
  const { shapes, top, height } = useMemo(
    () =>
      drawCounties(outlines.data, (county) => byCounty.has(county) || Math.floor(county / 100) === around),
    [outlines.data, byCounty, around],
  )
  if (outlines.isPending) return <SkeletonRows rows={12} height={36} />
  if (outlines.isError) return <EmptyState title={t('mapMissing')}>{t('mapMissingText')}</EmptyState>
  const steps = mapSteps(scale, t('legendNone'))
  const remarks = mapRemarks(areas, `url(#${hatch})`, t)
  const without = areas.filter((area) => !shapes.some((shape) => shape.code === Math.floor(area.code / 1e6)))

  return (
    <div className="map">
      <div className="map-drawing">
        <svg
          ref={svg}
          viewBox={`0 ${top} ${mapWidth} ${height}`}
          className={around === undefined ? 'map-svg' : 'map-svg small'}
        >
          <title>{t('mapTitle')}</title>
          <Counties shapes={shapes} byCounty={byCounty} scale={scale} hatch={hatch} onPoint={setPointed} />
        </svg>
        {around === undefined && pointed && <Readout area={pointed} />}
      </div>
      {around === undefined && (
        <div className="map-side">
          {picture && (
            <Button
              size="small"
              className="no-print"
              onClick={() =>
                svg.current && savePicture(svg.current, { ...picture, legend: [steps, remarks] })
              }
            >
              {common('exportPicture')}
            </Button>
          )}
          <MapLegend steps={steps} remarks={remarks} />
          {without.length > 0 && <ZoneList areas={without} scale={scale} />}
        </div>
      )}
    </div>
  )
}

/** What the county under the pointer or focus holds. */
function Readout({ area }: { area: AreaRisk }) {
  const { t } = useTranslation('overview')
  return (
    <dl className="readout no-print">
      <dt className="readout-name">{area.name}</dt>
      <dt>{t('rate')}</dt>
      <dd>{riskRate(area).toFixed(1)}</dd>
      <dt>{t('red')}</dt>
      <dd>{formatCount(area.red)}</dd>
      <dt>{t('orange')}</dt>
      <dd>{formatCount(area.orange)}</dd>
      <dt>{t('yellow')}</dt>
      <dd>{formatCount(area.yellow)}</dd>
      <dt>{t('households')}</dt>
      <dd>{formatCount(area.households)}</dd>
      {area.lateFeeds.length > 0 && <dt className="readout-late">{t('late')}</dt>}
    </dl>
  )
}

interface CountiesProps {
  shapes: CountyShape[]
  byCounty: Map<number, AreaRisk>
  scale: RiskScale
  /** Id of the pattern for late sources. */
  hatch: string
  onPoint(area: AreaRisk | undefined): void
}

/** Drawn once per overview, not once per movement of the pointer. */
const Counties = memo(function Counties({ shapes, byCounty, scale, hatch, onPoint }: CountiesProps) {
  const { t } = useTranslation('overview')
  const leave = () => onPoint(undefined)
  return (
    <>
      <defs>
        <pattern id={hatch} width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <rect width="2" height="7" fill="#5b6472" fillOpacity="0.4" />
        </pattern>
      </defs>
      {shapes.map((shape) => {
        const area = byCounty.get(shape.code)
        if (!area) return <path key={shape.code} d={shape.path} className="outside" />
        const isLate = area.lateFeeds.length > 0
        const label = `${area.name}: ${t('open')} ${area.openClues}, ${t('rate')} ${riskRate(area).toFixed(1)}${isLate ? `, ${t('late')}` : ''}`
        return (
          <Link
            key={shape.code}
            to="/overview"
            search={{ area: area.code }}
            aria-label={label}
            className="county"
            onPointerEnter={() => onPoint(area)}
            onPointerLeave={leave}
            onFocus={() => onPoint(area)}
            onBlur={leave}
          >
            <path d={shape.path} fill={scale.colourOf(area)} />
            {isLate && <path d={shape.path} fill={`url(#${hatch})`} className="late" />}
          </Link>
        )
      })}
      <g className="county-names">
        {shapes.map((shape) => {
          const area = byCounty.get(shape.code)
          if (!area || shape.size < 2600) return null
          return (
            <text
              key={shape.code}
              x={shape.centre[0]}
              y={shape.centre[1]}
              className={isDark(scale.colourOf(area)) ? 'on-dark' : undefined}
            >
              {area.name.replace(/(.{2,})[\u53bf\u533a\u5e02]$/, '$1')}
            </text>
          )
        })}
      </g>
    </>
  )
})
