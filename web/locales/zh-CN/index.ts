import { clues } from './clues.ts'
import { common } from './common.ts'
import { households } from './households.ts'
import { intake } from './intake.ts'
import { overview } from './overview.ts'
import { policy } from './policy.ts'
import { signIn } from './sign-in.ts'

export const resources = { common, signIn, overview, clues, households, intake, policy }
