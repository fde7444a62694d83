import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Policy, PolicyPackDays } from '#contract/feeds/policy.ts'
import { useMe } from '#web/api/session.ts'
import { useText } from '#web/ui/words/use-text.ts'

/** Which pack is shown, from when to when it counts, and the way to the others. */
export function PackChoice({ policy }: { policy: Policy }) {
  const { t } = useTranslation('policy')
  const text = useText()
  const others = policy.packs.filter(({ id }) => id !== policy.id)
  return (
    <div className="pack">
      <p>
        {text(policy.title)} <Days pack={policy} />
      </p>
      <p className="muted">
        {t('pack.categories', {
          list: policy.categories.map((one) => t(`category.${one}`, { ns: 'common' })).join(t('comma')),
        })}
      </p>
      {policy.samples.length > 0 && (
        <p className="pack-samples">
          {t('pack.samples', { list: policy.samples.map(text).join(t('comma')) })}
        </p>
      )}
      {others.length > 0 && (
        <ul className="pack-others no-print" aria-label={t('pack.others')}>
          {others.map((pack) => (
            <li key={pack.id}>
              <Link to="/policy" search={pack.inForce ? {} : { pack: pack.id }}>
                {text(pack.title)}
              </Link>{' '}
              <Days pack={pack} />
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}

function Days({ pack: { from, to, inForce } }: { pack: PolicyPackDays }) {
  const { t } = useTranslation('policy')
  const { asOf } = useMe()
  const when = inForce ? 'current' : from > asOf ? 'future' : 'past'
  return (
    <span className="pack-days">
      <span className="muted">
        {to ? t('parameter.between', { from, to }) : t('parameter.from', { from })}
      </span>
      <span className={`when ${when}`}>{t(`parameter.${when}`)}</span>
    </span>
  )
}
