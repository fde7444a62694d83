import { type PointerEvent, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { Signature } from '#contract/work/visit-proof.ts'

type Strokes = Signature['strokes']

const width = 1000
const height = 400
const mostStrokes = 80
const mostPoints = 600

interface SignaturePadProps {
  who: string
  strokes: Strokes
  onChange(strokes: Strokes): void
}

/** A field to sign on with a finger; what is kept are the strokes, not a picture. */
export function SignaturePad({ who, strokes, onChange }: SignaturePadProps) {
  const { t } = useTranslation('field')
  const canvas = useRef<HTMLCanvasElement>(null)
  const drawing = useRef<Strokes[number] | null>(null)
  useEffect(() => {
    if (canvas.current) paint(canvas.current, strokes)
  }, [strokes])

  const pointOf = (event: PointerEvent): [number, number] => {
    const box = event.currentTarget.getBoundingClientRect()
    const on = (at: number, from: number, length: number, most: number) =>
      Math.min(most, Math.max(0, Math.round(((at - from) / length) * most)))
    return [on(event.clientX, box.left, box.width, width), on(event.clientY, box.top, box.height, height)]
  }
  const begin = (event: PointerEvent<HTMLCanvasElement>) => {
    if (strokes.length >= mostStrokes) return
    event.currentTarget.setPointerCapture(event.pointerId)
    drawing.current = [pointOf(event)]
  }
  const draw = (event: PointerEvent<HTMLCanvasElement>) => {
    const stroke = drawing.current
    if (!stroke || stroke.length >= mostPoints) return
    const [x, y] = pointOf(event)
    const last = stroke.at(-1)
    if (last && Math.abs(last[0] - x) + Math.abs(last[1] - y) < 4) return
    stroke.push([x, y])
    paint(event.currentTarget, [...strokes, stroke])
  }
  const end = () => {
    const stroke = drawing.current
    drawing.current = null
    if (stroke) onChange([...strokes, stroke])
  }
  const isSigned = strokes.length > 0
  return (
    <section className="signature">
      <div className="row between">
        <h2>{who}</h2>
        {isSigned ? (
          <button type="button" className="plain" onClick={() => onChange([])}>
            {t('form.clearSignature')}
          </button>
        ) : (
          <span className="muted small">{t('form.sign', { who })}</span>
        )}
      </div>
      <canvas
        ref={canvas}
        width={width}
        height={height}
        role="img"
        aria-label={`${t('form.signature', { who })}${isSigned ? ` ${t('form.signed')}` : ''}`}
        onPointerDown={begin}
        onPointerMove={draw}
        onPointerUp={end}
        onPointerCancel={end}
      />
    </section>
  )
}

function paint(canvas: HTMLCanvasElement, strokes: Strokes) {
  const pen = canvas.getContext('2d')
  if (!pen) return
  pen.clearRect(0, 0, width, height)
  pen.lineWidth = 9
  pen.lineCap = 'round'
  pen.lineJoin = 'round'
  pen.strokeStyle = '#1c2430'
  for (const stroke of strokes) {
    pen.beginPath()
    const [first = [0, 0]] = stroke
    pen.moveTo(first[0], first[1])
    // A tap is a dot.
    for (const [x, y] of stroke.length > 1 ? stroke : [first]) pen.lineTo(x + 0.1, y)
    pen.stroke()
  }
}
