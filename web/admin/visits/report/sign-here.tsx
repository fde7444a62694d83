import { Button } from 'antd'
import { type PointerEvent, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Signature } from '#contract/work/visit-proof.ts'

type Strokes = Signature['strokes']
type Point = Strokes[number][number]

const width = 1000
const height = 400
const mostStrokes = 80
const mostPoints = 600
/** Points nearer than this add nothing. */
const step = 4

interface SignHereProps {
  who: string
  strokes: Strokes
  onChange(strokes: Strokes): void
}

/** A field to sign on with mouse, pen or finger; what is kept are the strokes, not a picture. */
export function SignHere({ who, strokes, onChange }: SignHereProps) {
  const { t } = useTranslation('visits')
  const [drawn, setDrawn] = useState<Strokes[number]>()
  const field = useRef<SVGSVGElement>(null)
  const pointOf = ({ clientX, clientY }: PointerEvent): Point => {
    const box = field.current?.getBoundingClientRect() ?? new DOMRect(0, 0, 1, 1)
    const on = (at: number, length: number, most: number) =>
      Math.min(most, Math.max(0, Math.round((at / length) * most)))
    return [on(clientX - box.left, box.width, width), on(clientY - box.top, box.height, height)]
  }
  const begin = (event: PointerEvent<SVGSVGElement>) => {
    if (strokes.length >= mostStrokes) return
    event.currentTarget.setPointerCapture(event.pointerId)
    setDrawn([pointOf(event)])
  }
  const draw = (event: PointerEvent) => {
    const last = drawn?.at(-1)
    if (!last || drawn === undefined || drawn.length >= mostPoints) return
    const point = pointOf(event)
    if (Math.abs(last[0] - point[0]) + Math.abs(last[1] - point[1]) >= step) setDrawn([...drawn, point])
  }
  const end = () => {
    if (drawn) onChange([...strokes, drawn])
    setDrawn(undefined)
  }
  const shown = drawn ? [...strokes, drawn] : strokes
  return (
    <figure className="signature sign-here">
      <figcaption>
        <span>{who}</span>
        {strokes.length > 0 ? (
          <Button size="small" type="link" onClick={() => onChange([])}>
            {t('signAgain')}
          </Button>
        ) : (
          <span className="muted">{t('signHint')}</span>
        )}
      </figcaption>
      <svg
        ref={field}
        viewBox={`0 0 ${width} ${height}`}
        role="img"
        aria-label={t(strokes.length > 0 ? 'signDone' : 'signEmpty', { who })}
        fill="none"
        stroke="currentColor"
        strokeWidth="9"
        strokeLinecap="round"
        strokeLinejoin="round"
        onPointerDown={begin}
        onPointerMove={draw}
        onPointerUp={end}
        onPointerCancel={end}
      >
        {shown.map((stroke) => (
          <path key={stroke.join(' ')} d={pathOf(stroke)} />
        ))}
      </svg>
    </figure>
  )
}

/** A tap is a dot. */
export function pathOf(stroke: Strokes[number]): string {
  const [first = [0, 0]] = stroke
  return `M${(stroke.length > 1 ? stroke : [first, first]).map(([x, y]) => `${x} ${y}`).join('L')}`
}
