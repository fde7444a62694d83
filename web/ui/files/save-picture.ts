import { saveFile } from './save-file.ts'

const looks = [
  'fill',
  'fill-opacity',
  'stroke',
  'stroke-width',
  'font-size',
  'font-weight',
  'font-family',
  'text-anchor',
  'dominant-baseline',
] as const

const headHeight = 40
const rowHeight = 24

export interface LegendItem {
  /** A colour, or the reference of a pattern in the drawing. */
  fill: string
  label: string
}

export interface Picture {
  title: string
  /** File name without ending. */
  name: string
  /** Rows under the drawing. */
  legend?: LegendItem[][]
}

/** Saves a drawing as a PNG at twice its size, with its title above, as it is put into a report. */
export async function savePicture(svg: SVGSVGElement, { title, name, legend = [] }: Picture): Promise<void> {
  const picture = new Image()
  picture.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(standalone(svg, title, legend))}`
  await picture.decode()
  const canvas = document.createElement('canvas')
  canvas.width = picture.width
  canvas.height = picture.height
  canvas.getContext('2d')?.drawImage(picture, 0, 0, canvas.width, canvas.height)
  const png = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'))
  if (png) saveFile(`${name}.png`, png)
}

/** The drawing without the page: styles written onto each shape, links taken off, white ground, title. */
function standalone(svg: SVGSVGElement, title: string, legend: LegendItem[][]): string {
  const { x, y, width, height } = svg.viewBox.baseVal
  const copy = svg.cloneNode(true) as SVGSVGElement
  const originals = svg.querySelectorAll<SVGElement>('path, rect, line, circle, text')
  copy.querySelectorAll<SVGElement>('path, rect, line, circle, text').forEach((shape, i) => {
    const original = originals[i]
    if (!original) return
    const style = getComputedStyle(original)
    for (const look of looks) shape.style.setProperty(look, style.getPropertyValue(look))
  })
  for (const link of copy.querySelectorAll('a')) link.replaceWith(...link.childNodes)
  const font = getComputedStyle(document.body).fontFamily
  const foot = legend.length * rowHeight + (legend.length > 0 ? 16 : 0)
  const ground = draw('rect', {
    x,
    y: y - headHeight,
    width,
    height: height + headHeight + foot,
    fill: '#fff',
  })
  const head = draw('text', { x: x + 12, y: y - 16, 'font-size': 16, 'font-weight': 600, fill: '#1c2430' })
  head.textContent = title
  copy.prepend(ground, head)
  legend.forEach((items, row) => {
    const middle = y + height + 16 + row * rowHeight + rowHeight / 2
    items.forEach(({ fill, label }, i) => {
      const left = x + 12 + (i * (width - 24)) / items.length
      const swatch = { x: left, y: middle - 7, width: 14, height: 14, stroke: '#8a8f98', 'stroke-width': 0.5 }
      const text = draw('text', { x: left + 22, y: middle + 4, 'font-size': 12, fill: '#1c2430' })
      text.textContent = label
      copy.append(draw('rect', { ...swatch, fill: '#fff' }), draw('rect', { ...swatch, fill }), text)
    })
  })
  const whole = height + headHeight + foot
  copy.setAttribute('font-family', font)
  copy.setAttribute('viewBox', `${x} ${y - headHeight} ${width} ${whole}`)
  copy.setAttribute('width', String(width * 2))
  copy.setAttribute('height', String(whole * 2))
  return new XMLSerializer().serializeToString(copy)
}

function draw(shape: 'rect' | 'text', attributes: Record<string, string | number>): SVGElement {
  const element = document.createElementNS('http://www.w3.org/2000/svg', shape)
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value))
  return element
}
