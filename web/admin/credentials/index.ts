/** Password and second factor, as the sign-in requires them and one's own account changes them. */
export { BackupCodes } from './backup-codes.tsx'
export { CodeInput } from './code-input.tsx'
export { Enrol } from './enrol.tsx'
export { SignInFailure } from './failure.tsx'
export { PasswordForm } from './password-form.tsx'
