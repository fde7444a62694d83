import { type GeoPermissibleObjects, geoIdentity, geoPath } from 'd3-geo'

export interface CountyShape {
  /** 6 digits. */
  code: number
  path: string
  centre: [number, number]
  /** Area on screen, to know whether a name fits. */
  size: number
}

type Coordinates = number | Coordinates[]

interface Feature {
  type: 'Feature'
  geometry: { type: string; coordinates: Coordinates[] }
  properties: { code: number | string }
}

interface Outlines {
  type: 'FeatureCollection'
  features: Feature[]
}

export const mapWidth = 720

export async function fetchOutlines(): Promise<Outlines> {
  const response = await fetch('/geo/anhui-counties.geojson')
  if (!response.ok) throw new TypeError('no outlines')
  return response.json()
}

const countyOf = (feature: Feature) => Math.floor(Number(feature.properties.code) / 1e6)

/** A flat drawing: at the size of a province that is true enough, and it does not mind which way an outline runs. */
export function drawCounties(
  outlines: Outlines | undefined,
  isShown: (county: number) => boolean,
): { shapes: CountyShape[]; top: number; height: number } {
  const features = outlines?.features.filter((feature) => isShown(countyOf(feature))).map(narrowed) ?? []
  if (features.length === 0) return { shapes: [], top: 0, height: 1 }
  const all = { type: 'FeatureCollection', features } as GeoPermissibleObjects
  const path = geoPath(
    geoIdentity()
      .reflectY(true)
      .fitSize([mapWidth, mapWidth * 2], all),
  ).digits(1)
  const shapes = features.map((feature) => ({
    code: countyOf(feature),
    path: path(feature as GeoPermissibleObjects) ?? '',
    centre: path.centroid(feature as GeoPermissibleObjects),
    size: path.area(feature as GeoPermissibleObjects),
  }))
  // Fitted into a box that is taller than any area of the province, then cut to what was drawn.
  const [[, top], [, bottom]] = path.bounds(all)
  return { shapes, top: Math.floor(top), height: Math.ceil(bottom - top) }
}

/** Degrees of longitude are this much shorter than those of latitude in the middle of Anhui. */
const narrowing = Math.cos((31.9 * Math.PI) / 180)

function narrowed(feature: Feature): Feature {
  const squeeze = (coordinates: Coordinates[]): Coordinates[] =>
    typeof coordinates[0] === 'number'
      ? [coordinates[0] * narrowing, coordinates[1] ?? 0]
      : coordinates.map((inner) => squeeze(inner as Coordinates[]))
  return { ...feature, geometry: { ...feature.geometry, coordinates: squeeze(feature.geometry.coordinates) } }
}
