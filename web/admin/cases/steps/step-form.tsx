import { useTranslation } from 'react-i18next'
import type { CaseStep } from '#contract/work/cases.ts'
import { useMay } from '#web/api/session.ts'
import { useRolesWith } from '#web/ui/may/use-roles.ts'
import { AuthoriseForm } from './authorise-form.tsx'
import { OpinionForm } from './opinion-form.tsx'
import { ReviewForm } from './review-form.tsx'
import { AnnounceForm, CompareForm, EnterForm, PublicityForm } from './short-forms.tsx'
import type { StepFormProps } from './step-form-props.ts'

/** The form of the next step, or why it is not one's own. */
export function StepForm({ one, step }: StepFormProps & { step: CaseStep }) {
  const { t } = useTranslation('cases')
  const common = useTranslation().t
  const may = useMay('case.act')
  const rolesWith = useRolesWith()
  if (!one.mayAct) {
    const responsible = one.responsible ? common(`role.${one.responsible.role as 'clerk'}`) : ''
    return (
      <p className="not-yours">
        {may ? t('notYours', { role: responsible }) : common('may.only', { roles: rolesWith('case.act') })}
      </p>
    )
  }
  switch (step) {
    case 'authorise':
      return <AuthoriseForm one={one} />
    case 'compare':
      return <CompareForm one={one} />
    case 'review':
      return <ReviewForm one={one} />
    case 'publicity':
      return <PublicityForm one={one} />
    case 'township-audit':
    case 'county-approval':
      return <OpinionForm one={one} step={step} />
    case 'announce':
      return <AnnounceForm one={one} />
    case 'enter':
      return <EnterForm one={one} />
    case 'verify':
      return null
  }
}
