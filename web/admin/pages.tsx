import {
  AlertOutlined,
  CheckSquareOutlined,
  ClusterOutlined,
  DeleteOutlined,
  EditOutlined,
  ExportOutlined,
  FileSearchOutlined,
  GlobalOutlined,
  HeartOutlined,
  HomeOutlined,
  IdcardOutlined,
  KeyOutlined,
  MergeCellsOutlined,
  ReadOutlined,
  SolutionOutlined,
  TeamOutlined,
  UnlockOutlined,
} from '@ant-design/icons'
import type { ReactNode } from 'react'
import type { Capability } from '#contract/access/capabilities.ts'

interface Page {
  to: string
  key: string
  capability: Capability
  icon: ReactNode
  /** Left out of the menu of those who may not see it: rare work that would only crowd it. */
  quiet?: boolean
}

/** The menu in its order; the first page a role may see is where it starts. */
export const pages = [
  {
    to: '/workbench',
    key: 'workbench',
    capability: 'workbench.read',
    icon: <CheckSquareOutlined />,
    quiet: true,
  },
  { to: '/overview', key: 'overview', capability: 'overview.read', icon: <GlobalOutlined /> },
  { to: '/clues', key: 'clues', capability: 'clue.read', icon: <AlertOutlined /> },
  { to: '/cases', key: 'cases', capability: 'case.read', icon: <SolutionOutlined /> },
  { to: '/categories', key: 'categories', capability: 'overview.read', icon: <ClusterOutlined /> },
  { to: '/plans', key: 'plans', capability: 'case.read', icon: <HeartOutlined /> },
  { to: '/households', key: 'households', capability: 'household.read', icon: <HomeOutlined /> },
  { to: '/intake', key: 'intake', capability: 'batch.read', icon: <MergeCellsOutlined /> },
  { to: '/policy', key: 'policy', capability: 'policy.read', icon: <ReadOutlined /> },
  {
    to: '/own-record',
    key: 'ownRecord',
    capability: 'own-record.read',
    icon: <IdcardOutlined />,
    quiet: true,
  },
  {
    to: '/corrections',
    key: 'corrections',
    capability: 'correction.handle',
    icon: <EditOutlined />,
    quiet: true,
  },
  { to: '/exports', key: 'exports', capability: 'export.request', icon: <ExportOutlined /> },
  { to: '/accounts', key: 'accounts', capability: 'account.read', icon: <TeamOutlined /> },
  {
    to: '/break-glass',
    key: 'breakGlass',
    capability: 'break-glass.use',
    icon: <UnlockOutlined />,
    quiet: true,
  },
  {
    to: '/break-glass',
    key: 'breakGlassReview',
    capability: 'break-glass.review',
    icon: <UnlockOutlined />,
    quiet: true,
  },
  { to: '/audit', key: 'audit', capability: 'audit.read', icon: <FileSearchOutlined />, quiet: true },
  { to: '/retention', key: 'retention', capability: 'retention.read', icon: <DeleteOutlined />, quiet: true },
  { to: '/keys', key: 'keys', capability: 'key.read', icon: <KeyOutlined />, quiet: true },
] as const satisfies Page[]
