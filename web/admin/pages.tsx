import {
  AlertOutlined,
  GlobalOutlined,
  HomeOutlined,
  MergeCellsOutlined,
  ReadOutlined,
  TeamOutlined,
} from '@ant-design/icons'
import type { ReactNode } from 'react'
import type { Capability } from '#contract/capabilities.ts'

interface Page {
  to: string
  key: string
  capability: Capability
  icon: ReactNode
}

/** The menu in its order; the first page a role may see is where it starts. */
export const pages = [
  { to: '/overview', key: 'overview', capability: 'overview.read', icon: <GlobalOutlined /> },
  { to: '/clues', key: 'clues', capability: 'clue.read', icon: <AlertOutlined /> },
  { to: '/households', key: 'households', capability: 'household.read', icon: <HomeOutlined /> },
  { to: '/intake', key: 'intake', capability: 'batch.read', icon: <MergeCellsOutlined /> },
  { to: '/policy', key: 'policy', capability: 'policy.read', icon: <ReadOutlined /> },
  { to: '/accounts', key: 'accounts', capability: 'account.read', icon: <TeamOutlined /> },
] as const satisfies Page[]
