import { useQueries } from '@tanstack/react-query'
import { App, Button, Dropdown, Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMe } from '#web/api/session.ts'
import { formatCount } from '#web/ui/words/format.ts'

export interface SavedView<Search> {
  name: string
  search: Search
}

export interface SavedViewsProps<Search> {
  /** Under which name a list keeps its views in this browser. */
  list: string
  search: Search
  /** Views that everybody needs. */
  built?: readonly SavedView<Search>[]
  /** How much a view would show; asked once the menu opens. */
  countOf?(search: Search): Promise<number>
  onChoose(search: Search): void
}

function readViews<Search>(key: string): SavedView<Search>[] {
  try {
    return JSON.parse(localStorage.getItem(key) ?? '[]')
  } catch {
    return []
  }
}

/** Filters one comes back to: a few that everybody needs, and one's own. */
export function SavedViews<Search extends object>(props: SavedViewsProps<Search>) {
  const { list, search, built = [], countOf, onChoose } = props
  const [isOpen, setOpen] = useState(false)
  const { t } = useTranslation()
  const { modal } = App.useApp()
  const key = `shouwang.views.${useMe().username}.${list}`
  const [own, setOwn] = useState(() => readViews<Search>(key))
  const keep = (views: SavedView<Search>[]) => {
    localStorage.setItem(key, JSON.stringify(views))
    setOwn(views)
  }
  const save = () => {
    let name = ''
    modal.confirm({
      title: t('views.save'),
      icon: null,
      content: (
        <Input
          aria-label={t('views.name')}
          placeholder={t('views.name')}
          maxLength={30}
          onChange={(event) => (name = event.target.value.trim())}
        />
      ),
      onOk: () => {
        if (name)
          keep([
            ...own.filter((view) => view.name !== name),
            { name, search: { ...search, page: undefined } },
          ])
      },
    })
  }
  const counts = useCounts(list, [...built, ...own], isOpen ? countOf : undefined)
  const divider = { type: 'divider' as const }
  const items = [
    ...built.map((view) => ({
      key: `built-${view.name}`,
      label: labelOf(view, counts.get(view)),
      onClick: () => onChoose(view.search),
    })),
    ...(own.length > 0 && built.length > 0 ? [divider] : []),
    ...own.map((view) => ({
      key: `own-${view.name}`,
      label: labelOf(view, counts.get(view)),
      onClick: () => onChoose(view.search),
      extra: (
        <Button
          size="small"
          type="text"
          aria-label={t('views.delete', { name: view.name })}
          onClick={(event) => {
            event.stopPropagation()
            keep(own.filter((one) => one.name !== view.name))
          }}
        >
          ×
        </Button>
      ),
    })),
    ...(own.length + built.length > 0 ? [divider] : []),
    { key: 'save', label: t('views.save'), onClick: save },
  ]
  return (
    <Dropdown menu={{ items }} trigger={['click']} onOpenChange={setOpen}>
      <Button>{t('views.title')} ▾</Button>
    </Dropdown>
  )
}

const labelOf = ({ name }: { name: string }, count: number | undefined) =>
  count === undefined ? (
    name
  ) : (
    <>
      {name} <span className="muted">{formatCount(count)}</span>
    </>
  )

/** By view, as they become known. */
function useCounts<Search>(
  list: string,
  views: readonly SavedView<Search>[],
  countOf: ((search: Search) => Promise<number>) | undefined,
): ReadonlyMap<SavedView<Search>, number | undefined> {
  const found = useQueries({
    queries: views.map(({ search }) => ({
      queryKey: [list, 'view-count', search],
      queryFn: () => countOf?.(search) ?? Promise.reject(new Error('no count')),
      enabled: countOf !== undefined,
    })),
  })
  return new Map(views.map((view, i) => [view, found[i]?.data]))
}
