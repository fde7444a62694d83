import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Case } from '#contract/work/cases.ts'
import { api } from '#web/api/client.ts'
import { useMay, useMe } from '#web/api/session.ts'
import { ReasonModal } from '#web/ui/form/reason-modal.tsx'
import { MayButton } from '#web/ui/may/may-button.tsx'
import { useCaseChange } from './use-case.ts'

type Action = 'drop' | 'pause' | 'green'
const ofTownshipUp: readonly string[] = ['township', 'clerk', 'checker', 'leader']

/** What may happen to a case beside its steps; each with a reason. */
export function CaseActions({ one }: { one: Case }) {
  const { t } = useTranslation('cases')
  const common = useTranslation().t
  const [doing, setDoing] = useState<Action>()
  const may = useMay('case.act')
  const { role } = useMe()
  const show = useCaseChange((next: Case) => Promise.resolve(next))
  if (one.state !== 'running') return null
  const names = ofTownshipUp.map((name) => common(`role.${name as 'clerk'}`)).join(common('may.separator'))
  const above = may && !ofTownshipUp.includes(role) ? common('may.only', { roles: names }) : undefined
  const { id } = one
  const actions = {
    drop: {
      ...{ title: t('drop'), text: t('dropText'), danger: true },
      act: (reason: string) => api.cases.drop({ id, reason }),
    },
    pause: {
      ...(one.paused
        ? { title: t('resume'), text: t('resumeText') }
        : { title: t('pause'), text: t('pauseText') }),
      act: (reason: string) => api.cases.pause({ id, pause: !one.paused, reason }),
    },
    green: {
      ...{ title: t('greenTitle'), text: t('greenText') },
      act: (reason: string) => api.cases.greenChannel({ id, reason }),
    },
  }
  return (
    <section className="panel no-print" aria-labelledby="other-actions">
      <h2 id="other-actions">{t('otherActions')}</h2>
      <div className="record-actions">
        {one.kind === 'identification' && !one.greenChannel && (
          <MayButton capability="case.act" hindrance={above} onClick={() => setDoing('green')}>
            {t('greenTitle')}
          </MayButton>
        )}
        <MayButton
          capability="case.act"
          hindrance={one.paused ? undefined : above}
          onClick={() => setDoing('pause')}
        >
          {one.paused ? t('resume') : t('pause')}
        </MayButton>
        <MayButton danger capability="case.act" hindrance={above} onClick={() => setDoing('drop')}>
          {t('drop')}
        </MayButton>
      </div>
      {above && <p className="muted">{above}</p>}
      {doing && (
        <ReasonModal
          {...actions[doing]}
          onDone={(next) => show.mutate(next)}
          onClose={() => setDoing(undefined)}
        />
      )}
    </section>
  )
}
