import type { Shape } from '../shape.ts'
import type { errors as zh } from '../zh-CN/errors.ts'

export const errors: Shape<typeof zh> = {
  title: 'That did not work',
  fallback: {
    what: 'The server gave no result.',
    means: 'What you typed is still here.',
    todo: 'Try again in a moment; if it stays, tell your administrator.',
  },
  offline: {
    what: 'The server cannot be reached.',
    means: 'Your work is still on this page.',
    todo: 'Check the network and try again.',
  },
  'timed-out': {
    what: 'The server did not answer in time.',
    means: 'What you did may or may not have come about; what you typed is still on this page.',
    todo: 'See whether it came about, then try again.',
  },
  'not-signed-in': {
    what: 'Your session has ended.',
    means: 'You need to sign in again to go on.',
    todo: 'Sign in again.',
  },
  'not-allowed': {
    what: 'Your account may not do this.',
    means: 'Nothing was done.',
    todo: 'Ask the administrator above you if you need it.',
  },
  'not-found': {
    what: 'Not found.',
    means: 'It does not exist, or lies outside your area.',
    todo: 'Open it again from the list.',
  },
  'bad-request': {
    what: 'The request was incomplete or malformed.',
    means: 'Nothing has changed.',
    todo: 'Check what you entered and try again.',
  },
  'clue-state': {
    what: 'The clue has changed state.',
    means: 'Somebody may just have handled it.',
    todo: 'Reload and try again.',
  },
  'visit-state': {
    what: 'This cannot be done to the visit now.',
    means: 'It may have been reported, decided or called off.',
    todo: 'Reload and look again.',
  },
  'visit-changed': {
    what: 'The visit was changed elsewhere.',
    means: 'What you wrote is kept and replaced nobody’s work.',
    todo: 'Compare both and decide which one counts.',
  },
  'visit-budget': {
    what: 'This is more than the person may visit in a week.',
    means: 'The limit keeps the load of villages bearable.',
    todo: 'Choose somebody else, or give a reason.',
  },
  'visitor-unfit': {
    what: 'This person cannot go to this household.',
    means: 'It takes somebody of the village or township, or the household’s helper.',
    todo: 'Choose another person from the list.',
  },
  'photo-wrong': {
    what: 'The photo did not arrive whole.',
    means: 'What arrived differs from what the telephone holds.',
    todo: 'Send this photo again.',
  },
  'photo-offset': {
    what: 'The photo broke off at another place.',
    means: 'What arrived is not lost.',
    todo: 'Go on from where the server says.',
  },
  'device-revoked': {
    what: 'This phone was switched off.',
    means: 'The households on it must be erased; what was sent is safe.',
    todo: 'Sign in again and set the device PIN once more.',
  },
  'case-guard': {
    what: 'A condition does not hold yet, so this step cannot be done.',
    means: 'The platform keeps to the conditions of the procedure.',
    todo: 'See to what is listed first.',
  },
  'measure-state': {
    what: 'This measure cannot be changed that way now.',
    means: 'It has ended or was cancelled, or the plan is closed; somebody may have changed it just now.',
    todo: 'Load the page again; add another measure if one is needed.',
  },
  'measure-unproven': {
    what: 'Evidence and effect are missing.',
    means: 'It must be clear that the measure was carried out, and what came of it.',
    todo: 'Write what proves it (a bank slip, a list of workers) and what it changed, then end it.',
  },
  'case-running': {
    what: 'A case of this household is running already.',
    means: 'One household has one case at a time.',
    todo: 'Finish or end that one first.',
  },
  page: {
    what: 'This page could not be shown.',
    means: 'The network may have failed, or the product was just updated.',
    todo: 'Reload; if it stays, tell your administrator.',
  },
  'no-such-page': {
    what: 'There is no such page.',
    means: 'The address may be mistyped, or the page has moved.',
    todo: 'Open it again from the menu.',
  },
  'policy-invalid': {
    what: 'The policy cannot be read.',
    means: 'The policy pack has a mistake; no data has changed.',
    todo: 'Ask your administrator to check the policy pack.',
  },
  'policy-unset': {
    what: 'There is no policy for that day.',
    means: 'The first policy pack begins later, so there are no figures to go by. Nothing has changed.',
    todo: 'Choose a day that has a policy; for an earlier one ask your administrator for a policy pack.',
  },
  'reason-required': {
    what: 'There is no reason.',
    means: 'This decision must leave one.',
    todo: 'Write the reason.',
  },
  'deadline-invalid': {
    what: 'The deadline cannot be computed.',
    means: 'That year has no working-day calendar yet.',
    todo: 'Shorten the deadline, or ask for the calendar.',
  },
  'place-outside-clue': {
    what: 'The place does not fit the clue.',
    means: 'A clue goes to the township or village of its household.',
    todo: 'Choose again.',
  },
  'key-rotation-running': {
    what: 'The keys are being changed already.',
    means: 'They change once at a time; nothing was begun twice.',
    todo: 'Try again when this change has finished.',
  },
  'keys-used-up': {
    what: 'There are no key numbers left.',
    means: 'The key was not changed; data keeps its present key.',
    todo: 'Tell the system administrator.',
  },
  'request-too-large': {
    what: 'What was sent is too large.',
    means: 'The server did not take it; nothing has changed.',
    todo: 'Send less at a time.',
  },
  'request-too-slow': {
    what: 'The network was too slow to send everything.',
    means: 'The server did not receive it whole; nothing has changed.',
    todo: 'Try another network, or try again later.',
  },
  'request-malformed': {
    what: 'The request was malformed.',
    means: 'The server could not read it; nothing has changed.',
    todo: 'Reload this page and try again.',
  },
  'content-type-wrong': {
    what: 'The request was malformed.',
    means: 'The server does not take content of this kind; nothing has changed.',
    todo: 'Reload this page and try again.',
  },
  'cross-site': {
    what: 'The request came from another site and was stopped.',
    means: 'Nothing has changed.',
    todo: 'Open the page from this product’s own address; behind a proxy, ask the administrator to check the address it is set to.',
  },
  'reveal-limit': {
    what: 'No more whole numbers today',
    means: 'Each account may see so many a day.',
    todo: 'Try tomorrow, or ask a colleague.',
  },
  'break-glass-limit': {
    what: 'No more break-glass today',
    means: 'Each account has so many a day, those that find nothing included.',
    todo: 'Try tomorrow, or ask the office of that place.',
  },
  'break-glass-needless': {
    what: 'This household is in your own area',
    means: 'Break-glass is not needed.',
    todo: 'Search for it among the households.',
  },
  'same-person': {
    what: 'Nobody approves what they asked for themselves.',
    means: 'The decision was not made.',
    todo: 'Ask a colleague who may decide.',
  },
  'taken-limit': {
    what: 'You have reached the measure of households for now.',
    means:
      'Lists, household pages and exports count together. Nothing new was shown; what you saw today you can still see. The audit administrator was told.',
    todo: 'If the work needs it, request to read on under Exports and have somebody else agree, or go on tomorrow.',
  },
  'account-tied': {
    what: 'You and this person had a part in each other’s account, so neither decides for the other yet.',
    means: 'The decision was not made.',
    todo: 'Ask a colleague who had no part in that account, or wait until the tie ends.',
  },
  'request-pending': {
    what: 'The same request for this account already waits for a second person.',
    means: 'Nothing was requested again.',
    todo: 'Wait for the decision; if it is wrong, have it declined and request it anew.',
  },
  'request-not-pending': {
    what: 'This request was decided already, or has lapsed.',
    means: 'Your decision was not made.',
    todo: 'Refresh to see it; one that lapsed is requested anew.',
  },
  'approver-unfit': {
    what: 'You are not the second person this request needs.',
    means:
      'It takes somebody of another duty than the requester, whose area holds the account, and never the account itself.',
    todo: 'Ask a leader, system administrator or security administrator of another duty.',
  },
  'correction-state': {
    what: 'This correction cannot be handled that way now.',
    means: 'Somebody else may have it, or it has just moved on.',
    todo: 'Refresh to see where it stands; to handle it yourself, take it over first.',
  },
  'report-changed': {
    what: 'The report has changed.',
    means: 'It is not the one the run was asked for. Nothing was erased.',
    todo: 'Look at the new report and ask again.',
  },
  'run-not-pending': {
    what: 'This run was decided already.',
    means: 'Your decision was not made.',
    todo: 'Refresh to see what came of it.',
  },
  'second-factor-required': {
    what: 'The second step of the sign-in is missing.',
    means: 'Until then nothing can be seen or done.',
    todo: 'Set up the code on your phone, or enter it.',
  },
  'password-change-required': {
    what: 'You still use the password somebody gave you.',
    means: 'Until you choose your own, nothing can be seen or done.',
    todo: 'Change your password.',
  },
  'account-not-yours': {
    what: 'This account is not yours to manage.',
    means: 'Nothing has changed.',
    todo: 'Ask the level above it, or the system administrator of its area.',
  },
  'account-suspended': {
    what: 'The account is suspended.',
    means: 'It cannot sign in until it is resumed.',
    todo: 'Ask the administrator above you who opened the account.',
  },
  'account-state': {
    what: 'The account has changed state.',
    means: 'Somebody may just have handled it; this step was not done.',
    todo: 'Reload to see how it is now.',
  },
  'username-taken': {
    what: 'That user name is taken.',
    means: 'No account was made.',
    todo: 'Choose another, for instance with the office or a number at its end.',
  },
  'role-not-grantable': {
    what: 'You cannot give this role.',
    means: 'Nothing has changed.',
    todo: 'Choose one of those listed; for others ask the system administrator.',
  },
  'department-required': {
    what: 'The department does not fit the role.',
    means: 'Department and bank accounts need one, others have none.',
    todo: 'Check the department.',
  },
  'area-wrong-level': {
    what: 'The area’s level does not fit the role.',
    means: 'A township officer’s area, for instance, is one township.',
    todo: 'Choose an area of the right level.',
  },
  'last-administrator': {
    what: 'This is the province’s last system administrator.',
    means: 'Without it nobody could open accounts any more.',
    todo: 'Open another system administrator of the province first.',
  },
  'handover-target': {
    what: 'The work cannot go to this account.',
    means:
      'It must have the same role, be active, and its area must hold the households. Nothing was handed over.',
    todo: 'Choose somebody else.',
  },
  'sign-in-failed': {
    what: 'User name or password is wrong.',
    means: 'You are not signed in. Too many wrong tries lock the account for a while.',
    todo: 'Check upper and lower case; if you forgot it, ask the administrator above you for a new one.',
  },
  'sign-in-locked': {
    what: 'Too many wrong tries: the account is locked for a while.',
    means: 'Until then even the right password does not sign in.',
    todo: 'Wait until the lock ends, or ask the administrator above you to lift it.',
  },
  'too-many-requests': {
    what: 'Too many requests.',
    means: 'The server is not answering them for now; what you typed is still here.',
    todo: 'Wait a moment and try again.',
  },
  'database-away': {
    what: 'The database cannot be reached for the moment.',
    means: 'Nothing is lost, and what you typed is still here.',
    todo: 'The system is connecting again; try once more in a moment.',
  },
  'disk-full': {
    what: "The server's disk is full; nothing can be saved for now.",
    means: 'What was saved is safe; this was not saved.',
    todo: 'Ask an administrator to free some space, then try again.',
  },
  'disk-read-only': {
    what: "The server's disk takes no changes for now.",
    means: 'What was saved is safe; this was not saved.',
    todo: 'Ask an administrator to look at the disk, then try again.',
  },
  'enrolment-wrong': {
    what: 'The enrolment code is wrong, was used, or has run out.',
    means: 'The user name and both halves must be right; no password was set.',
    todo: 'Check both slips; if it still fails, have the password reset requested anew.',
  },
  'code-wrong': {
    what: 'The code is wrong.',
    means: 'It may have run out: it changes every 30 seconds.',
    todo: 'Enter the 6 digits your phone shows now, and check that its clock is right.',
  },
  'challenge-ended': {
    what: 'The time for the second step has run out.',
    means: 'For safety the sign-in begins anew.',
    todo: 'Enter user name and password again.',
  },
  'password-wrong': {
    what: 'The current password is wrong.',
    means: 'Nothing has changed. Too many wrong tries lock the account for a while.',
    todo: 'Check upper and lower case and try again.',
  },
  'password-weak': {
    what: 'The new password does not meet the rules.',
    means: 'The password was not changed.',
    todo: 'Change it as the list of rules says.',
  },
  'template-broken': {
    what: 'The template of this form is wrong; no file was made.',
    means: 'Something in the office’s own template does not fit; other forms are not affected.',
    todo: 'Mend the places listed below, or take the template away so that the built-in one is used.',
  },
  'export-not-pending': {
    what: 'Somebody has decided on this export already.',
    means: 'It may just have been approved or declined; this step was not done.',
    todo: 'Reload to see the decision.',
  },
  'export-not-ready': {
    what: 'This export cannot be downloaded now.',
    means: 'It may still wait for approval, or was not approved.',
    todo: 'See its state in the register of exports.',
  },
  'export-grown': {
    what: 'There is more data now than was asked for.',
    means: 'Nobody approved the rest, so no file was made.',
    todo: 'Ask for the export again.',
  },
  'export-needs-approval': {
    what: 'So many rows need a second person’s approval.',
    means: 'No file was made.',
    todo: 'Ask for the export, and download it once a colleague has approved it.',
  },
}
