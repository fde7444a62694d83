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

/** Saves a drawing as a PNG at twice its size, with its title above, as it is put into a report. */
export async function savePicture(svg: SVGSVGElement, title: string, name: string): Promise<void> {
  const { width, height } = svg.viewBox.baseVal
  const picture = new Image(width * 2, (height + headHeight) * 2)
  picture.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(standalone(svg, title))}`
  await picture.decode()
  const canvas = document.createElement('canvas')
  canvas.width = picture.width
  canvas.height = picture.height
  canvas.getContext('2d')?.drawImage(picture, 0, 0, canvas.width, canvas.height)
  const png = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'))
  if (png) saveFile(`${name}.png`, png)
}

/** The drawing without the page: styles written onto each shape, links taken off, white ground, title. */
function standalone(svg: SVGSVGElement, title: string): string {
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
  const font = getComputedStyle(document.body).fontFamily.replaceAll('"', "'")
  const head = document.createElementNS('http://www.w3.org/2000/svg', 'g')
  head.innerHTML = `<rect x="${x}" y="${y - headHeight}" width="${width}" height="${height + headHeight}" fill="#fff"/>
    <text x="${x + 12}" y="${y - 16}" font-size="16" font-weight="600" font-family="${font}" fill="#1c2430"></text>`
  const text = head.querySelector('text')
  if (text) text.textContent = title
  copy.prepend(head)
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg')
  copy.setAttribute('viewBox', `${x} ${y - headHeight} ${width} ${height + headHeight}`)
  copy.setAttribute('width', String(width * 2))
  copy.setAttribute('height', String((height + headHeight) * 2))
  return new XMLSerializer().serializeToString(copy)
}
