/**
 * Settlements net of what went back. A refund takes back a bill of the same person: the one whose number it bears (its own, or with
 * letters before or behind it), in part or whole; else one that it mirrors, of the same stay and to the fen, made out no later than
 * the refund. A refund that finds none takes nothing back: its bill may still come, and another's money is none of its. Texts are
 * PostgreSQL that DuckDB understands as well.
 */
const person = 'county, household_id, person_id'

/** `r` and `b` are a refund and a bill of one person. */
const sameNumber = 'r.settlement_no = b.settlement_no'
const noDigit = (letter: string) => `position(${letter} in '0123456789') = 0`
const stem = `(length(r.settlement_no) > length(b.settlement_no) and (
    left(r.settlement_no, length(b.settlement_no)) = b.settlement_no
      and ${noDigit('substr(r.settlement_no, length(b.settlement_no) + 1, 1)')}
    or right(r.settlement_no, length(b.settlement_no)) = b.settlement_no
      and ${noDigit('substr(r.settlement_no, length(r.settlement_no) - length(b.settlement_no), 1)')}))`

/** Of bills that bear one number: the one the refund mirrors, else the last one made out before it. */
const likeliest = `case when ${sameNumber} then 0 else 1 end, length(b.settlement_no) desc,
          case when b.settled_on <= r.settled_on then 0 else 1 end,
          case when b.total_fen = -r.total_fen then 0 else 1 end,
          case when b.self_paid_fen = -r.self_paid_fen then 0 else 1 end, b.settled_on desc, b.issue`

const tied = `${person}, b.settlement_no as bill_no, b.issue as bill_issue, r.settlement_no as refund_no,
      r.issue as refund_issue, r.total_fen as refund_total, r.self_paid_fen as refund_paid, r.batch_id, r.row_no,
      b.total_fen as bill_total`

const without = (name: string, rows: string, ties: string, side: 'bill' | 'refund') => `${name} as (
    select x.* from ${rows} x left join (select distinct ${person}, ${side}_no, ${side}_issue from ${ties}) t
      on t.county = x.county and t.household_id = x.household_id and t.person_id = x.person_id
        and t.${side}_no = x.settlement_no and t.${side}_issue = x.issue
    where t.${side}_no is null)`

/**
 * Refunds and the bills they mirror, `by` the columns that must agree: the first refund of an amount takes back the first bill of it, the
 * second the second; a refund before which no bill is left is passed over.
 */
function mirrored(name: string, backs: string, bills: string, by?: string): string {
  const of = [person, 'visit_kind', ...(by ? [by] : [])].join(', ')
  const like = `${of}, total, paid`
  const sameDay = 'order by settled_on, side, settlement_no, issue'
  const row = `settlement_no, issue, settled_on, batch_id, row_no, total_fen, self_paid_fen`
  const side = (n: number, sign: string, rows: string) =>
    `select ${of}, ${row}, ${sign}total_fen as total, ${sign}self_paid_fen as paid, ${n} as side from ${rows}`
  return `${name}_side as (
    select e.*, e.ahead <= greatest(0, max(e.ahead) over (partition by ${like} ${sameDay}
        rows between unbounded preceding and 1 preceding)) as finds,
      e.backs - greatest(0, max(e.ahead) over (partition by ${like} ${sameDay} rows unbounded preceding)) as nth
    from (
      select s.*, sum(side) over so_far as backs, sum(1 - side) over so_far as bills,
        sum(2 * side - 1) over so_far as ahead
      from (${side(0, '', bills)} union all ${side(1, '-', backs)}) s
      window so_far as (partition by ${like} ${sameDay} rows unbounded preceding)
    ) e
  ), ${name} as (
    select ${tied}
    from (select * from ${name}_side where side = 1 and finds) r
    join (select ${like}, settlement_no, issue, total_fen, bills as nth from ${name}_side where side = 0) b
      using (${like}, nth))`
}

/**
 * The refunds of the households in `scope` with the bills they take back, as a `with` list that ends in `refund_tie`: (county,
 * household_id, person_id, bill_no, bill_issue, refund_no, refund_issue, refund_total, refund_paid, batch_id, row_no, bill_total).
 * Its `back` are all of these refunds.
 */
export function refundTies(scope: string, fact: string, day?: string): string {
  const dated = (rows: string) =>
    `(select x.*, coalesce(x.admitted_on, '0001-01-01'::date) as admitted from ${rows} x)`
  return `back as (
    select f.* from ${scope} join ${fact} f using (county, household_id)
      where f.refund${day === undefined ? '' : ` and f.settled_on <= ${day}`}
  ), bill as (
    select f.* from (select distinct ${person} from back) p join ${fact} f using (${person}) where not f.refund
  ), by_number as (
    select ${tied}
    from (select r.*, b.settlement_no as of_no, b.issue as of_issue, row_number() over (
          partition by ${person}, r.settlement_no, r.issue
          order by ${likeliest}) as nth
        from back r join bill b using (${person})
        where (${sameNumber} or ${stem}) and (b.issue = '' or b.settled_on <= r.settled_on)) r
    join bill b using (${person}) where r.nth = 1 and b.settlement_no = r.of_no and b.issue = r.of_issue
  ), ${without('back_2', 'back', 'by_number', 'refund')}, ${without('bill_2', 'bill', 'by_number', 'bill')},
  ${mirrored('by_stay', dated('back_2'), dated('bill_2'), 'admitted')},
  ${without('back_3', 'back_2', 'by_stay', 'refund')}, ${without('bill_3', 'bill_2', 'by_stay', 'bill')},
  ${mirrored('by_amount', '(select * from back_3 where admitted_on is null)', 'bill_3')},
  refund_tie as (
    select * from by_number union all select * from by_stay union all select * from by_amount
  )`
}

/** The bills of the households in `scope`, each with what its patient had paid by the day; what was taken back in whole counts 0. */
export function netSettlements(scope: string, fact: string, day: string): string {
  return `(with ${refundTies(scope, fact, day)}, refunded as (
      select ${person}, bill_no as settlement_no, bill_issue as issue, sum(refund_paid) as paid
      from refund_tie group by ${person}, bill_no, bill_issue
    )
    select f.county, f.household_id, f.person_id, f.batch_id, f.row_no, f.settlement_no, f.visit_kind, f.hospital,
      f.diagnosis, f.admitted_on, f.settled_on, greatest(f.self_paid_fen + coalesce(b.paid, 0), 0) as self_paid_fen
    from ${scope} join ${fact} f using (county, household_id)
    left join refunded b using (${person}, settlement_no, issue)
    where not f.refund)`
}
