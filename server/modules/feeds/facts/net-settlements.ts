/**
 * Settlements net of what went back. A refund takes back a bill of the same person: the one whose number it bears (its own, or with
 * letters before or behind it), else one of the same stay and amount, else one of the same amount, else another bill of the same stay,
 * one with enough left first. A refund that finds none takes nothing back yet: its bill may still come. Texts are PostgreSQL that DuckDB
 * understands as well.
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

/**
 * The refunds of the households in `scope` with the bills they take back, as a `with` list that ends in `refund_tie`: (county,
 * household_id, person_id, bill_no, refund_no, refund_total, refund_paid, batch_id, row_no, bill_total).
 */
export function refundTies(scope: string, fact: string, day?: string): string {
  const tie = (name: string, from: string) => `${name} as (
    select ${person}, b.settlement_no as bill_no, r.settlement_no as refund_no, r.total_fen as refund_total,
      r.self_paid_fen as refund_paid, r.batch_id, r.row_no, b.total_fen as bill_total
    from ${from})`
  const without = (name: string, rows: string, ties: string, number: string) => `${name} as (
    select x.* from ${rows} x left join ${ties} t
      on t.county = x.county and t.household_id = x.household_id and t.person_id = x.person_id
        and t.${number} = x.settlement_no
    where t.${number} is null)`
  // The first refund of an amount takes back the first bill of it, the second the second.
  const ranked = (rows: string, by: string, amount: string) =>
    `(select x.*, ${amount} as amount, row_number() over (partition by ${person}, ${by}, ${amount}
        order by x.settled_on, x.settlement_no) as nth from ${rows} x)`
  const byAmount = (back: string, bills: string, by: string) =>
    `${ranked(back, by, '-x.total_fen')} r join ${ranked(bills, by, 'x.total_fen')} b using (${person}, amount, nth)
      where ${by === 'x.admitted_on' ? 'r.admitted_on = b.admitted_on' : 'b.settled_on <= r.settled_on'}`
  return `back as (
    select f.* from ${scope} join ${fact} f using (county, household_id)
      where f.refund${day === undefined ? '' : ` and f.settled_on <= ${day}`}
  ), bill as (
    select f.* from (select distinct ${person} from back) p join ${fact} f using (${person}) where not f.refund
  ), ${tie(
    'by_number',
    `(select r.*, b.settlement_no as of_no, row_number() over (partition by ${person}, r.settlement_no
        order by case when ${sameNumber} then 0 else 1 end, length(b.settlement_no) desc) as nth
      from back r join bill b using (${person}) where ${sameNumber} or ${stem}) r
      join bill b using (${person}) where r.nth = 1 and b.settlement_no = r.of_no`,
  )}, ${without('back_2', 'back', 'by_number', 'refund_no')}, ${without('bill_2', 'bill', 'by_number', 'bill_no')},
  ${tie('by_stay', byAmount('back_2', 'bill_2', 'x.admitted_on'))},
  ${without('back_3', 'back_2', 'by_stay', 'refund_no')}, ${without('bill_3', 'bill_2', 'by_stay', 'bill_no')},
  ${tie('by_amount', byAmount('back_3', 'bill_3', 'x.county'))},
  ${without('back_4', 'back_3', 'by_amount', 'refund_no')}, taken as (
    select ${person}, bill_no as settlement_no, sum(refund_total) as taken
    from (select * from by_number union all select * from by_stay union all select * from by_amount) t
    group by ${person}, bill_no
  ),
  ${tie(
    'in_part',
    `(select r.*, b.settlement_no as of_no, row_number() over (
        partition by b.county, b.household_id, b.person_id, r.settlement_no
        order by case when b.total_fen + coalesce(t.taken, 0) >= -r.total_fen then 0 else 1 end, b.total_fen desc,
          b.settlement_no) as nth
      from back_4 r join bill b using (${person})
      left join taken t on t.county = b.county and t.household_id = b.household_id and t.person_id = b.person_id
        and t.settlement_no = b.settlement_no
      where r.admitted_on = b.admitted_on) r
      join bill b using (${person}) where r.nth = 1 and b.settlement_no = r.of_no`,
  )}, refund_tie as (
    select * from by_number union all select * from by_stay union all select * from by_amount
      union all select * from in_part
  )`
}

/** The bills of the households in `scope`, each with what its patient had paid by the day; what was taken back in whole counts 0. */
export function netSettlements(scope: string, fact: string, day: string): string {
  return `(with ${refundTies(scope, fact, day)}, refunded as (
      select ${person}, bill_no as settlement_no, sum(refund_paid) as paid from refund_tie group by ${person}, bill_no
    )
    select f.county, f.household_id, f.person_id, f.batch_id, f.row_no, f.settlement_no, f.visit_kind, f.hospital,
      f.diagnosis, f.admitted_on, f.settled_on, greatest(f.self_paid_fen + coalesce(b.paid, 0), 0) as self_paid_fen
    from ${scope} join ${fact} f using (county, household_id)
    left join refunded b using (${person}, settlement_no)
    where not f.refund)`
}
