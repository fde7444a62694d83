import { useTranslation } from 'react-i18next'
import type { z } from 'zod'
import { dayNumber } from '#contract/days.ts'
import type { CategorySpell } from '#contract/registry/households.ts'
import { useMe } from '#web/api/session.ts'
import { categoryColour } from '#web/ui/words/category-colour.ts'

type Spell = z.infer<typeof CategorySpell>

/** Which category since when, as one bar over the years; the list says the same in words. */
export function Spells({ spells }: { spells: Spell[] }) {
  const { t } = useTranslation('households')
  const common = useTranslation().t
  const today = dayNumber(useMe().asOf)
  const first = Math.min(...spells.map((spell) => dayNumber(spell.from)))
  if (spells.length === 0) return null
  const whole = Math.max(today - first, 1)
  const format = (spell: Spell) =>
    spell.to ? t('spellPast', { from: spell.from, to: spell.to }) : t('spellNow', { from: spell.from })
  return (
    <figure className="spells" aria-label={t('spells')}>
      <div className="spell-bar" aria-hidden="true">
        {spells.map((spell) => {
          const length = (spell.to ? dayNumber(spell.to) : today) - dayNumber(spell.from)
          return (
            <span
              key={spell.from + spell.category}
              style={{
                width: `${Math.max((length / whole) * 100, 2)}%`,
                background: categoryColour[spell.category],
              }}
              title={`${common(`category.${spell.category}`)} ${format(spell)}`}
            />
          )
        })}
      </div>
      <figcaption>
        {spells.map((spell) => (
          <span key={spell.from + spell.category}>
            <i style={{ background: categoryColour[spell.category] }} />
            {common(`category.${spell.category}`)} <span className="muted">{format(spell)}</span>
          </span>
        ))}
      </figcaption>
    </figure>
  )
}
