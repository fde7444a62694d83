import { UserOutlined } from '@ant-design/icons'
import { Button, type ButtonProps } from 'antd'
import type { Me } from '#contract/access/session.ts'

/** The button that bears the name of who is signed in. */
export function AccountFace({ me, ...button }: { me: Me } & ButtonProps) {
  return (
    <Button type="text" icon={<UserOutlined />} aria-label={me.name} aria-haspopup="menu" {...button}>
      <span className="hide-narrow">{me.name}</span>
    </Button>
  )
}
