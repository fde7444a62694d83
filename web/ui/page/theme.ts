import type { ThemeConfig } from 'antd'

export const accent = '#0f766e'

/** Risk speaks one language everywhere; each colour also has its own shape (see RiskMark). */
export const riskColour = {
  red: '#c62828',
  orange: '#d9730d',
  yellow: '#b58900',
  none: '#2e7d32',
  unknown: '#8a8f98',
} as const

export const theme: ThemeConfig = {
  token: {
    colorPrimary: accent,
    colorInfo: accent,
    colorLink: accent,
    // Derived, these would be lighter than the accent and no longer readable under the pointer.
    colorPrimaryHover: '#115e59',
    colorLinkHover: '#115e59',
    colorLinkActive: '#134e4a',
    colorError: riskColour.red,
    colorTextBase: '#1c2430',
    colorBgLayout: '#f6f7f8',
    colorTextPlaceholder: '#5b6472',
    colorTextDescription: '#5b6472',
    borderRadius: 6,
    fontSize: 14,
    fontFamily: 'var(--font)',
    boxShadow: '0 1px 4px rgba(16, 24, 40, 0.12)',
    boxShadowSecondary: '0 4px 16px rgba(16, 24, 40, 0.14)',
    motionDurationMid: '0.12s',
    motionDurationSlow: '0.16s',
  },
  components: {
    Table: { cellPaddingBlockSM: 8, cellPaddingInlineSM: 12, headerBg: '#f6f7f8', headerColor: '#4b5563' },
    Menu: { itemHeight: 40 },
  },
}
