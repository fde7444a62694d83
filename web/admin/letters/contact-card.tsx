import { QRCode } from 'antd'
import { useTranslation } from 'react-i18next'
import type { ContactCard } from '#contract/contact/declarations.ts'

/** One card: 93 × 66 mm on paper, eight to a sheet. */
export function Card({ card, hotline }: { card: ContactCard; hotline: string }) {
  const { t } = useTranslation('letters')
  const { ref, headName, groupName, village, township, code, helper } = card
  return (
    <article className="contact-card" aria-label={t('cards.head', { name: headName })}>
      <header>
        <strong>{t('cards.head', { name: headName })}</strong>
        <span>
          {township.name} {village.name} {groupName}
        </span>
      </header>
      <div className="card-codes">
        <Code
          value={`${location.origin}/declare/${village.code}`}
          label={t('cards.declareLabel')}
          text={t('cards.declare')}
        />
        <dl>
          <dt>{t('cards.code')}</dt>
          <dd className="card-code">
            {code.slice(0, 3)} {code.slice(3)}
          </dd>
          <dt>{t('cards.helper')}</dt>
          <dd>{helper ?? t('cards.noHelper')}</dd>
          <dt>{t('cards.phone')}</dt>
          <dd className="card-line" />
        </dl>
        <Code
          small
          value={`${location.origin}/field/#/h/${ref}`}
          label={t('cards.visitLabel')}
          text={t('cards.visit')}
        />
      </div>
      <footer>
        <strong>{t('cards.hotline', { hotline })}</strong>
        <span>{t('cards.keep')}</span>
      </footer>
    </article>
  )
}

interface CodeProps {
  value: string
  label: string
  text: string
  small?: boolean
}

function Code({ value, label, text, small = false }: CodeProps) {
  return (
    <figure className={small ? 'card-qr small' : 'card-qr'}>
      <div role="img" aria-label={label}>
        <div aria-hidden="true">
          <QRCode
            {...{ type: 'svg', value, errorLevel: 'M', bordered: false, marginSize: small ? 2 : 3 }}
            size={small ? 76 : 106}
            color="#000"
            bgColor="#fff"
          />
        </div>
      </div>
      <figcaption>{text}</figcaption>
    </figure>
  )
}
