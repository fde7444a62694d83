import { useQueryClient } from '@tanstack/react-query'
import { App, Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { api } from '#web/api/client.ts'
import { useErrorText } from '#web/ui/page/states.tsx'

const touched = ['clues', 'clue', 'overview', 'workbench', 'reminder', 'ladder']

/** What shows clues is asked for anew. */
export function useRefreshClues() {
  const client = useQueryClient()
  return () => Promise.all(touched.map((queryKey) => client.invalidateQueries({ queryKey: [queryKey] })))
}

/** One at a time: the next takes the place of the one before. */
const key = 'handed-on'

/** Says what was handed on, and offers to undo it. */
export function useHandedOn() {
  const { t } = useTranslation('clues')
  const { notification } = App.useApp()
  const errorText = useErrorText()
  const refresh = useRefreshClues()
  const undo = async (ids: string[]) => {
    try {
      const { clues, skipped } = await api.clues.withdraw({ ids, reason: t('undone') })
      notification.info({
        ...{ key, placement: 'bottomLeft', duration: 6, actions: undefined },
        title: t('undoneAll', { count: clues }),
        description: skipped > 0 ? t('undoneSkipped', { count: skipped }) : undefined,
      })
    } catch (error) {
      const { what, todo } = errorText(error)
      notification.error({
        ...{ key, placement: 'bottomLeft', title: what, description: todo },
        actions: (
          <Button size="small" onClick={() => undo(ids)}>
            {t('undoAgain')}
          </Button>
        ),
      })
    }
    await refresh()
  }
  return {
    undo,
    notify: (title: string, ids: string[]) =>
      notification.success({
        ...{ key, title, placement: 'bottomLeft', duration: 12 },
        actions: (
          <Button size="small" onClick={() => undo(ids)}>
            {t('undo')}
          </Button>
        ),
      }),
  }
}
