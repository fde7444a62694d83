import { sql } from 'kysely'
import type { Db } from '#server/platform/database/db.ts'
import { blindIndexer, hmacSm3 } from '#server/platform/hmac-sm3.ts'
import type { SecurityLimits } from '#server/platform/security-limits.ts'

/** Turns what is attempted (a sign-in name, an account's code) into the key its failures are counted under. */
export type AttemptKey = (what: string) => string

export function attemptKeys(secret: string): AttemptKey {
  const index = blindIndexer(hmacSm3(Buffer.from(secret))('sign-in-attempts'))
  return (what) => index(what.trim().toLowerCase())
}

/** `failing`: one more failure locks; the lock is then already set. */
export type Attempt =
  | { allowed: true; failing: boolean }
  | { allowed: false; why: 'locked' | 'too-many'; minutes: number }

/**
 * Counts an attempt before it is looked at, in one statement: of attempts at the same moment no more pass than are left.
 * A success takes the count back. Names without an account are counted alike.
 */
export async function beginAttempt(db: Db, key: string, limits: SecurityLimits): Promise<Attempt> {
  const { lockoutFailures, lockoutMinutes, signInsPerMinute } = limits
  const lock = sql`now() + make_interval(mins => ${lockoutMinutes}::int)`
  const stale = sql`(a.locked_until <= now() or a.last_at < now() - make_interval(mins => ${lockoutMinutes}::int))`
  const { rows } = await sql<{ failing: boolean }>`
    insert into sign_in_attempt as a (name_key, failures, last_at, locked_until, minute_from, minute_count)
    values (${key}, 1, now(), case when 1 >= ${lockoutFailures}::int then ${lock} end, now(), 1)
    on conflict (name_key) do update set
      failures = case when ${stale} then 1 else a.failures + 1 end,
      last_at = now(),
      locked_until = case when case when ${stale} then 1
      else a.failures + 1 end >= ${lockoutFailures}::int then ${lock} end,
      minute_from = case when a.minute_from < now() - interval '1 minute' then now() else a.minute_from end,
      minute_count = case when a.minute_from < now() - interval '1 minute' then 1 else a.minute_count + 1 end
    where (a.locked_until is null or a.locked_until <= now())
      and (a.minute_from < now() - interval '1 minute' or a.minute_count < ${signInsPerMinute}::int)
    returning locked_until is not null as failing`.execute(db)
  const begun = rows[0]
  if (begun) return { allowed: true, failing: begun.failing }
  const { rows: found } = await sql<{ minutes: number | null }>`
    select ceil(extract(epoch from locked_until - now()) / 60)::int as minutes
    from sign_in_attempt where name_key = ${key} and locked_until > now()`.execute(db)
  const minutes = found[0]?.minutes
  return minutes
    ? { allowed: false, why: 'locked', minutes }
    : { allowed: false, why: 'too-many', minutes: 1 }
}

/** Takes the count back after a success, and lifts a lock. */
export async function forgetAttempts(db: Db, keys: readonly string[]): Promise<void> {
  await sql`update sign_in_attempt set failures = 0, locked_until = null where name_key = any(${keys}::uuid[])`.execute(
    db,
  )
}

/** Takes back the one attempt that turned out to be no guess, and the lock it may have set; what was guessed before stays counted. */
export async function uncountAttempt(db: Db, key: string): Promise<void> {
  await sql`update sign_in_attempt set failures = greatest(failures - 1, 0), locked_until = null
    where name_key = ${key}`.execute(db)
}

/**
 * Takes a code of the second factor: false where the account has shown it before. Wrong ones are taken as well, which costs nobody
 * anything. Only a demonstration's codes, which its sign-in page shows to everybody, may come again.
 */
export async function takeCode(db: Db, userId: string, key: string): Promise<boolean> {
  const { rows } = await sql<{ fresh: boolean }>`
    with shown as (select from auth_two_factor where user_id = ${userId} and shown_to_all), taken as (
      insert into used_code (user_id, code_key) select ${userId}, ${key}::uuid where not exists (select from shown)
      on conflict (user_id, code_key) do update set used_at = now()
        where used_code.used_at < now() - interval '10 minutes'
      returning user_id)
    select exists (select from shown) or exists (select from taken) as fresh`.execute(db)
  return rows[0]?.fresh === true
}

/** Key → until when it is locked. */
export async function findLocks(db: Db, keys: readonly string[]): Promise<Map<string, string>> {
  const { rows } = await sql<{ nameKey: string; lockedUntil: string }>`
    select name_key, locked_until from sign_in_attempt
    where name_key = any(${keys}::uuid[]) and locked_until > now()`.execute(db)
  return new Map(rows.map(({ nameKey, lockedUntil }) => [nameKey, lockedUntil]))
}
