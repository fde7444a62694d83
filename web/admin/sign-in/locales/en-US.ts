import type { Shape } from '#web/locales/shape.ts'
import type { signIn as zh } from './zh-CN.ts'

export const signIn: Shape<typeof zh> = {
  title: 'Sign in',
  lead: 'Keeps watch over every household that left poverty or stands at its edge: warns before the fall, explains itself, reaches one place with a deadline.',
  username: 'User name',
  password: 'Password',
  submit: 'Sign in',
  enterUsername: 'Enter your user name',
  enterPassword: 'Enter your password',
  singleSignOn: 'Sign in with {{label}}',
  or: 'or',
  signedInAs: 'You are signed in as {{name}}.',
  goOn: 'Continue',
  until: 'Try again after {{time}} (about {{minutes}} minutes).',
  afterSeconds: 'Wait {{seconds}} seconds and try again.',
  why: {
    idle: 'Nothing was done for a while, so you were signed out for safety. Signing in leads back to where you were; text you had not sent is kept.',
    ended:
      'The longest time of a session was reached and you were signed out. Signing in leads back to where you were.',
    revoked:
      'This session has ended: it was signed out elsewhere, or the account has changed. Sign in again.',
    out: 'You have signed out.',
  },
  failed: {
    'account-unknown': {
      what: 'Single sign-on succeeded, but you have no account here.',
      todo: 'Ask the administrator above you to open one; its user name must be the one of single sign-on.',
    },
    'account-suspended': {
      what: 'The account is suspended and cannot sign in.',
      todo: 'Ask the administrator above you who opened it.',
    },
    'single-sign-on-failed': {
      what: 'Single sign-on did not finish.',
      todo: 'Try again; if it stays, sign in with user name and password, or tell your administrator.',
    },
  },
  demoTitle: 'Demonstration accounts',
  demoLead: 'One click signs you in. All data is synthetic.',
  demoCode:
    'Accounts marked “code” sign in with two steps; here the product fills in the code. A real account would ask for the 6 digits on your phone.',
  demoTwoSteps: 'code',
  demoGroup: {
    office: 'Offices of province, city and county',
    ground: 'Townships, villages and households',
    outside: 'Departments and partners',
    keepers: 'The three administrators (see no household data)',
  },
  code: {
    title: 'Enter the code',
    lead: 'Open the authenticator on your phone and enter the 6 digits it shows under 守望 (Shouwang).',
    label: '6-digit code',
    hint: 'It changes every 30 seconds; you may paste it.',
    submit: 'Verify and sign in',
    useBackup: 'Phone not at hand? Use a backup code',
    useCode: 'Use the code of the phone',
    backupTitle: 'Enter a backup code',
    backupLead: 'Backup codes are the list you saved when you set up the authenticator; each works once.',
    backupLabel: 'Backup code',
    backupHint:
      'Upper and lower case matter. If you have none left, ask the administrator above you to reset the second step.',
    restart: 'Sign in with another account',
    enterCode: 'Enter 6 digits',
    enterBackup: 'Enter a backup code',
  },
  newPassword: {
    title: 'Choose your own password',
    lead: 'You signed in with a password somebody gave you. Choose one that only you know; then you can go on.',
    submit: 'Save the new password',
  },
  enrol: {
    title: 'Set up the code on your phone',
    lead: 'Your role signs in with two steps: besides the password, a code from your phone. Set it up once and use it from then on.',
    confirmPassword: 'First enter your password, to show that it is you.',
    begin: 'Begin',
    scanTitle: 'Scan with the authenticator',
    scan: 'Open an authenticator app on your phone (any that follows the TOTP standard) and scan this code.',
    qr: 'QR code that sets up the authenticator',
    secret: 'If you cannot scan it, type this key:',
    saveTitle: 'Save the backup codes',
    save: 'If the phone is lost, a backup code signs you in; each works once. Print them or keep them in a safe place: they are shown only here.',
    saveFile: 'Save as a file',
    fileName: 'shouwang-backup-codes',
    fileHead: 'Shouwang backup codes (each works once; keep them safe)',
    saved: 'I have saved the backup codes',
    confirmTitle: 'Confirm with a code',
    confirm: 'Enter the 6 digits the authenticator shows now.',
    submit: 'Finish',
    saveFirst: 'Save the backup codes first.',
  },
}
