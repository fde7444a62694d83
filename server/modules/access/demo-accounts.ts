import type { Localized } from '#contract/common.ts'
import type { NewAccount } from './operations.ts'

export interface DemoAccount extends NewAccount {
  /** Shown on the sign-in page and when the server starts. */
  title: Localized
}

const password = 'shouwang-2020'

/** One account per level and two departments; made only for the demonstration. */
export const demoAccounts: DemoAccount[] = [
  {
    username: 'anhui',
    name: '安徽省 演示',
    title: { zh: '省级', en: 'Province' },
    role: 'clerk',
    area: 340000000000,
    department: null,
    password,
  },
  {
    username: 'fuyang',
    name: '阜阳市 演示',
    title: { zh: '市级', en: 'City' },
    role: 'clerk',
    area: 341200000000,
    department: null,
    password,
  },
  {
    username: 'linquan',
    name: '临泉县 演示',
    title: { zh: '县级', en: 'County' },
    role: 'clerk',
    area: 341221000000,
    department: null,
    password,
  },
  {
    username: 'chengguan',
    name: '城关街道 演示',
    title: { zh: '乡镇', en: 'Township' },
    role: 'township',
    area: 341221001000,
    department: null,
    password,
  },
  {
    username: 'yibao',
    name: '医保部门 演示',
    title: { zh: '医保部门', en: 'Medical insurance' },
    role: 'department',
    area: 340000000000,
    department: 'YB',
    password,
  },
  {
    username: 'jiaoyu',
    name: '教育部门 演示',
    title: { zh: '教育部门', en: 'Education' },
    role: 'department',
    area: 341221000000,
    department: 'JY',
    password,
  },
]
