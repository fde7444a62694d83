import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { formatBytes } from '#web/ui/words/format.ts'
import { setState, useOpen } from '../device/state.ts'
import { applyChange, findRow, isStorageFull } from '../device/store.ts'
import type { PhotoMeta } from '../work/draft.ts'
import { compressPhoto, keepPhoto } from './take-photo.ts'

const most = 12

interface PhotosProps {
  photos: readonly PhotoMeta[]
  onChange(photos: PhotoMeta[]): void
}

export function Photos({ photos, onChange }: PhotosProps) {
  const { t } = useTranslation('field')
  const { key } = useOpen()
  const [isBusy, setBusy] = useState(false)
  const [problem, setProblem] = useState<'photoUnreadable' | 'photoNotKept'>()
  const input = useRef<HTMLInputElement>(null)

  const add = async (files: readonly File[]) => {
    setBusy(true)
    setProblem(undefined)
    let kept = [...photos]
    for (const file of files.slice(0, most - photos.length)) {
      const bytes = await compressPhoto(file).catch(() => undefined)
      if (!bytes) {
        setProblem('photoUnreadable')
        continue
      }
      try {
        kept = [...kept, await keepPhoto(key, bytes)]
        onChange(kept)
      } catch (error) {
        if (!isStorageFull(error)) throw error
        setState({ storageFull: true })
        setProblem('photoNotKept')
        break
      }
    }
    setBusy(false)
    // The same picture may be chosen again after it was removed.
    if (input.current) input.current.value = ''
  }
  const remove = async (id: string) => {
    onChange(photos.filter((photo) => photo.id !== id))
    await applyChange(key, { remove: { contents: [id] } })
  }
  return (
    <>
      <ul className="photos">
        {photos.map((photo, i) => (
          <li key={photo.id}>
            <Thumbnail photo={photo} name={t('form.photo', { n: i + 1 })} />
            <span className="muted small">{formatBytes(photo.size)}</span>
            <button
              type="button"
              className="remove"
              aria-label={t('form.removePhoto', { n: i + 1 })}
              onClick={() => void remove(photo.id)}
            >
              ×
            </button>
          </li>
        ))}
      </ul>
      {photos.length < most ? (
        <label className="button file-button">
          {isBusy ? t('form.compressing') : t('form.takePhoto')}
          <input
            ref={input}
            type="file"
            accept="image/*"
            capture="environment"
            className="visually-hidden"
            disabled={isBusy}
            onChange={(event) => void add([...(event.target.files ?? [])])}
          />
        </label>
      ) : (
        <p>{t('form.photosFull')}</p>
      )}
      {problem && (
        <p className="lacks" role="alert">
          {t(`form.${problem}`)}
        </p>
      )}
    </>
  )
}

function Thumbnail({ photo, name }: { photo: PhotoMeta; name: string }) {
  const { key } = useOpen()
  const [url, setUrl] = useState<string>()
  useEffect(() => {
    let made: string | undefined
    let isGone = false
    findRow(key, 'contents', photo.id).then((bytes) => {
      if (!bytes || isGone) return
      made = URL.createObjectURL(new Blob([bytes], { type: 'image/jpeg' }))
      setUrl(made)
    })
    return () => {
      isGone = true
      if (made) URL.revokeObjectURL(made)
    }
  }, [key, photo.id])
  return url ? <img src={url} alt={name} /> : <span className="thumb-empty" />
}
