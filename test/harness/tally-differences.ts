const clues = `select county, level, cause, state, rules, channel`
const spells = `select county, day, category, risk, cause, change, because`
const clueCounts = `
  (${clues}, sum(clues)::int as n from clue_tally group by 1, 2, 3, 4, 5, 6 having sum(clues) <> 0
    except ${clues}, count(*)::int from clue group by 1, 2, 3, 4, 5, 6)
  union all (${clues}, count(*)::int as n from clue group by 1, 2, 3, 4, 5, 6
    except ${clues}, sum(clues)::int from clue_tally group by 1, 2, 3, 4, 5, 6)`
const householdClues = `
  (select county, household_id, open_clues from household_clues where open_clues > 0
    except select county, household_id, count(*)::int from clue where closed_on is null group by 1, 2)
  union all (select county, household_id, count(*)::int from clue where closed_on is null group by 1, 2
    except select county, household_id, open_clues from household_clues)`
const moves = `select s.county, c.day, s.category, s.risk, s.causes[1] as cause, c.change, c.because, s.members
  from category_spell s
  cross join lateral (values (s.from_on, 'in', s.opened_because), (s.until_on, 'out', s.closed_because)) c (day, change,
    because)
  where c.day is not null and s.until_on is distinct from s.from_on`
const categories = `
  (${spells}, sum(households)::int as n, sum(persons)::int from category_tally group by 1, 2, 3, 4, 5, 6, 7 having sum(households) <> 0
    except ${spells}, count(*)::int, sum(members)::int from (${moves}) m group by 1, 2, 3, 4, 5, 6, 7)
  union all (${spells}, count(*)::int, sum(members)::int from (${moves}) m group by 1, 2, 3, 4, 5, 6, 7
    except ${spells}, sum(households)::int, sum(persons)::int from category_tally group by 1, 2, 3, 4, 5, 6, 7)`
const kept = `
  (select county, registered, category, sum(households)::int as n from household_tally group by 1, 2, 3
    having sum(households) <> 0
    except select county, registered, category, count(*)::int from household where closed_on is null group by 1, 2, 3)
  union all (select county, registered, category, count(*)::int from household where closed_on is null group by 1, 2, 3
    except select county, registered, category, sum(households)::int from household_tally group by 1, 2, 3)`
const days = `select county, change, day, sum(clues)::int as n from clue_day_tally group by 1, 2, 3
  having sum(clues) <> 0
  except (select county, 'opened', opened_on, count(*)::int from clue group by 1, 3
    union all select county, 'closed', closed_on, count(*)::int from clue where closed_on is not null group by 1, 3)`

/** For each tally the query of what it says and the rows do not, or the other way round; nothing where it is true. */
export const tallyDifferences = { clueCounts, householdClues, categories, kept, days }
