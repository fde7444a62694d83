import { App, Button, Dropdown, Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { addDays } from '#contract/days.ts'
import { ClueState } from '#contract/work/clues.ts'
import { useMe } from '#web/api/session.ts'
import type { ClueSearch } from '../search.ts'

interface SavedView {
  name: string
  search: ClueSearch
}

function readViews(key: string): SavedView[] {
  try {
    return JSON.parse(localStorage.getItem(key) ?? '[]')
  } catch {
    return []
  }
}

/** Filters one comes back to: a few that everybody needs, and one's own. */
export function Views({ search, onChoose }: { search: ClueSearch; onChoose(search: ClueSearch): void }) {
  const { t } = useTranslation('clues')
  const { modal } = App.useApp()
  const me = useMe()
  const key = `shouwang.views.${me.username}`
  const [own, setOwn] = useState(() => readViews(key))
  const keep = (views: SavedView[]) => {
    localStorage.setItem(key, JSON.stringify(views))
    setOwn(views)
  }
  const save = () => {
    let name = ''
    modal.confirm({
      title: t('saveView'),
      icon: null,
      content: (
        <Input
          aria-label={t('viewName')}
          placeholder={t('viewName')}
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
  const built: SavedView[] = [
    { name: t('viewRedNew'), search: { level: ['red'], state: ['new'] } },
    { name: t('viewOverdue'), search: { overdue: true, sort: 'due' } },
    {
      name: t('viewThisWeek'),
      search: { openedFrom: addDays(me.asOf, -6), sort: 'opened', descending: true },
    },
    { name: t('viewAllStates'), search: { state: [...ClueState.options] } },
  ]
  const items = [
    ...built.map((view) => ({
      key: `built-${view.name}`,
      label: view.name,
      onClick: () => onChoose(view.search),
    })),
    ...(own.length > 0 ? [{ type: 'divider' as const }] : []),
    ...own.map((view) => ({
      key: `own-${view.name}`,
      label: view.name,
      onClick: () => onChoose(view.search),
      extra: (
        <Button
          size="small"
          type="text"
          aria-label={t('deleteView', { name: view.name })}
          onClick={(event) => {
            event.stopPropagation()
            keep(own.filter((one) => one.name !== view.name))
          }}
        >
          ×
        </Button>
      ),
    })),
    { type: 'divider' as const },
    { key: 'save', label: t('saveView'), onClick: save },
  ]
  return (
    <Dropdown menu={{ items }} trigger={['click']}>
      <Button>{t('views')} ▾</Button>
    </Dropdown>
  )
}
