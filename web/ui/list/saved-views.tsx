import { App, Button, Dropdown, Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMe } from '#web/api/session.ts'

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
  const { list, search, built = [], onChoose } = props
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
  const divider = { type: 'divider' as const }
  const items = [
    ...built.map((view) => ({
      key: `built-${view.name}`,
      label: view.name,
      onClick: () => onChoose(view.search),
    })),
    ...(own.length > 0 && built.length > 0 ? [divider] : []),
    ...own.map((view) => ({
      key: `own-${view.name}`,
      label: view.name,
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
    <Dropdown menu={{ items }} trigger={['click']}>
      <Button>{t('views.title')} ▾</Button>
    </Dropdown>
  )
}
