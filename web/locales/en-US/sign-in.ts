import type { Shape } from '../shape.ts'
import type { signIn as zh } from '../zh-CN/sign-in.ts'

export const signIn: Shape<typeof zh> = {
  title: 'Sign in',
  lead: 'Keeps watch over every household that left poverty or stands at its edge: warns before the fall, explains itself, reaches one place with a deadline.',
  username: 'User name',
  password: 'Password',
  submit: 'Sign in',
  demoTitle: 'Demonstration accounts',
  demoLead: 'One click signs you in. All data is synthetic.',
  enterUsername: 'Enter your user name',
  enterPassword: 'Enter your password',
  wrong:
    'User name or password is wrong. Check upper and lower case; if you forgot it, ask the administrator above you.',
  many: 'Too many attempts. Wait a minute and try again.',
  offline: 'The server cannot be reached. Check the network; what you typed is still here.',
  fallback: 'The server gave no result. Try again in a moment.',
}
