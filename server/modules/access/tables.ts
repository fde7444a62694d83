import { forSignedIn, ofAccess, ofAccountOrArea } from '#server/platform/database/rights/policies.ts'
import { change, everything, type SchemaPart, saysWho } from '#server/platform/database/rights/tables.ts'

const signIn = 'select, insert, update, delete'

export const schema: SchemaPart = {
  tables: {
    auth_user: {
      level: 'shared',
      seen: forSignedIn,
      app: 'select (id, name, username, display_username, two_factor_enabled)',
      work: everything,
      auth: signIn,
    },
    account: {
      level: 'shared',
      seen: ofAccountOrArea('user_id', 'area'),
      app: change,
      work: everything,
      auth: signIn,
    },
    household_access: {
      level: 'household',
      seen: ofAccess,
      follows: 'household',
      // What is given to an account is given by the work that follows a decision, never by a request itself.
      app: 'select',
      work: everything,
      auth: 'select',
    },
    handover: { level: 'shared', work: everything },
    handover_item: { level: 'household', work: everything },
    auth_session: { level: 'local', auth: signIn },
    auth_login: { level: 'local', auth: signIn },
    auth_verification: { level: 'local', auth: signIn },
    auth_two_factor: { level: 'local', auth: signIn },
    used_code: { level: 'local', auth: signIn },
    sign_in_attempt: { level: 'local', auth: signIn },
    password_history: { level: 'local', auth: signIn },
  },
  kept: {
    'ended-sessions': ['auth_session', 'auth_verification', 'sign_in_attempt', 'used_code'],
    accounts: [
      'account',
      'auth_user',
      'auth_login',
      'auth_two_factor',
      'password_history',
      'household_access',
      'handover',
      'handover_item',
    ],
  },
  stays: {
    'household_access.granted_by': saysWho,
    'account.created_by': saysWho,
    'account.suspended_by': saysWho,
    'handover.from_user': saysWho,
    'handover.to_user': saysWho,
    'handover.by_user': saysWho,
    'handover.taken_back_by': saysWho,
    'account.user_id': 'is the account itself',
    'auth_session.user_id': 'is the account itself',
    'auth_login.user_id': 'is the account itself',
    'auth_two_factor.user_id': 'is the account itself',
    'password_history.user_id': 'is the account itself',
    'used_code.user_id': 'is the account itself',
  },
}
