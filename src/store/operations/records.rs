//! What scoring looks at, of all pairs of a programme at once: one row a pair, read one after the other.

use std::collections::HashMap;

use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;
use futures_util::TryStreamExt as _;
use sqlx::{QueryBuilder, Result};

use super::rows::{Row, id, ms, number, raw, unclear};
use super::{Conn, Engine, evaluations, pauses};
use crate::core::answer::Audience;
use crate::core::cadence::civil;
use crate::core::id::PairId;
use crate::core::program::Program;
use crate::core::question::{Bank, Question, Role};
use crate::core::scoring::health::Usual;
use crate::core::scoring::history::side;
use crate::core::scoring::record::{ANSWERS_WEIGH_WEEKS, Asked, Given, Record};

/// How much further back the answers of pairs reach that were paused meanwhile.
const PAUSED_WEEKS: i64 = 52;

/// Closed pulses by which it is seen what a pair was asked: two weeks of a pulse each day, and at any other cadence more
/// than the last four.
const PULSES: i64 = 14;

/// The records of these pairs, by their place in `pairs`; what a pair has none of is empty.
pub struct Records {
    places: HashMap<PairId, usize>,
    records: Vec<Record>,
}

impl Records {
    /// Reads what is known at the cut-off of pairs of this programme.
    pub async fn read(
        conn: &mut Conn,
        program: &Program,
        pairs: impl Iterator<Item = PairId>,
        cutoff: DateTime<Utc>,
    ) -> Result<Vec<Record>> {
        let places: HashMap<PairId, usize> = pairs.zip(0..).collect();
        let after = cutoff - TimeDelta::weeks(i64::from(ANSWERS_WEIGH_WEEKS));
        let empty = Record { given_after: after, ..Record::default() };
        let mut all = Self { records: vec![empty; places.len()], places };
        all.asked(conn, program, cutoff).await?;
        all.given(conn, program, EVERYBODY, after, cutoff).await?;
        all.given(conn, program, PAUSED, after - TimeDelta::weeks(PAUSED_WEEKS), after).await?;
        all.earlier(conn, program, after, cutoff).await?;
        for (pair, spans) in pauses::of_program(conn, program, cutoff).await? {
            all.of(&pair, |record| record.pauses = spans);
        }
        for (pair, weekly) in evaluations::before(conn, &program.id, cutoff).await? {
            // They come in the order of their numbers; the first alone is both.
            all.of(&pair, |record| {
                record.before.get_or_insert_with(|| weekly.clone());
                record.last = Some(weekly);
            });
        }
        Ok(all.records)
    }

    fn of(&mut self, pair: &PairId, write: impl FnOnce(&mut Record)) {
        if let Some(record) = self.places.get(pair).and_then(|place| self.records.get_mut(*place)) {
            write(record);
        }
    }

    /// What was asked lately and is answered or missed.
    async fn asked(&mut self, conn: &mut Conn, program: &Program, cutoff: DateTime<Utc>) -> Result<()> {
        let mut rows = sqlx::query(
            "select pair.pair_id, (
                select string_agg(
                    ask.role || ' ' || case when ask.answered is null then '0' else '1' end
                        || ' ' || cast(newest.closed as text),
                    ',')
                from (
                    select pulse.pulse_id, pulse.closed
                    from pulse
                    where pulse.pair_id = pair.pair_id
                        and pulse.closed <= $2
                    order by pulse.closed desc
                    limit $3) as newest
                join ask on ask.pulse_id = newest.pulse_id
                where ask.folded is null
                    and (ask.answered is not null or (ask.skipped is null and ask.closed is not null))) as packed
            from pair
            where pair.program_id = $1
                and (pair.ended is null or pair.ended > $2)",
        )
        .bind(program.id.as_str())
        .bind(ms(cutoff))
        .bind(PULSES)
        .fetch(conn);
        while let Some(row) = rows.try_next().await? {
            let asked = packed(&row, |[role, answered, closed]| {
                Some(Asked { role: role.parse().ok()?, answered: answered == "1", closed: time(closed)? })
            })?;
            self.of(&id(&row, "pair", "pair_id")?, |record| {
                record.asked = asked;
                record.asked.sort_by(|a, b| b.closed.cmp(&a.closed).then(a.role.cmp(&b.role)));
            });
        }
        Ok(())
    }

    /// Counted answers of pulses that closed after `after`, until `until`.
    async fn given(
        &mut self,
        conn: &mut Conn,
        program: &Program,
        statement: &'static str,
        after: DateTime<Utc>,
        until: DateTime<Utc>,
    ) -> Result<()> {
        let bank: HashMap<&str, &'static Question> =
            Bank::built_in().questions.iter().map(|question| (question.id.as_str(), question)).collect();
        let mut query = sqlx::query(statement)
            .bind(program.id.as_str())
            .bind(ms(after))
            .bind(ms(until))
            .bind(Audience::OnlyTotals.as_str());
        if statement == PAUSED {
            query = query.bind(civil(program.zone, until).date().to_string());
        }
        let mut rows = query.fetch(conn);
        while let Some(row) = rows.try_next().await? {
            let mut given = packed(&row, |entry| read_given(entry, &bank, program.zone))?;
            self.of(&id(&row, "pair", "pair_id")?, |record| {
                record.given.append(&mut given);
                record.given.sort_by(|a, b| {
                    let key = |given: &Given| (given.closed, given.role, given.day);
                    key(a).cmp(&key(b)).then_with(|| a.question.id.cmp(&b.question.id))
                });
            });
        }
        Ok(())
    }

    /// Sums of counted answers that closed after the last evaluation, and are too old to be given one by one.
    async fn earlier(
        &mut self,
        conn: &mut Conn,
        program: &Program,
        until: DateTime<Utc>,
        cutoff: DateTime<Utc>,
    ) -> Result<()> {
        let bank = Bank::built_in();
        let mut select = QueryBuilder::<Engine>::new(
            "select pair.pair_id, case when answer.person_id = pair.mentee_id then 'mentee' else 'mentor' end as role,
                count(*) as answers,
                cast(sum(case when answer.question_id in (",
        );
        list(&mut select, bank.questions.iter().filter(|question| question.reverse));
        select.push(
            ") then 5 - answer.value else answer.value - 1 end) as bigint) as steps
            from pair
            join pulse on pulse.pair_id = pair.pair_id
            join answer on answer.pulse_id = pulse.pulse_id
            where pair.program_id = ",
        );
        select.push_bind(program.id.as_str()).push(" and (pair.ended is null or pair.ended > ").push_bind(ms(cutoff));
        select.push(") and pulse.closed <= ").push_bind(ms(until));
        select.push(
            " and pulse.closed > coalesce((
                select max(evaluation.cutoff)
                from evaluation
                where evaluation.pair_id = pair.pair_id
                    and evaluation.cutoff < ",
        );
        select.push_bind(ms(cutoff)).push("), 0) and answer.audience <> ").push_bind(Audience::OnlyTotals.as_str());
        select.push(" and answer.question_id in (");
        list(&mut select, bank.questions.iter());
        select.push(") group by 1, 2");
        let rows = select.build().persistent(false).fetch_all(conn).await?;
        for row in &rows {
            let role: Role = raw::<&str>(row, "answer", "role")?
                .parse()
                .map_err(|error: String| unclear("answer", "role", error))?;
            let steps: u32 = number(row, "answer", "steps")?;
            let usual = Usual { n: number(row, "answer", "answers")?, sum: steps.saturating_mul(25) };
            self.of(&id(row, "pair", "pair_id")?, |record| record.earlier[side(role)] = usual);
        }
        Ok(())
    }
}

/// Counted answers of each pair in one text, so that a pair is one row: role, question, value, time, end of the pulse.
macro_rules! given {
    ($and:literal) => {
        concat!(
            "select pair.pair_id, (
                select string_agg(
                    case when answer.person_id = pair.mentee_id then 'mentee' else 'mentor' end
                        || ' ' || answer.question_id
                        || ' ' || cast(answer.value as text)
                        || ' ' || cast(answer.at as text)
                        || ' ' || cast(pulse.closed as text),
                    ',')
                from pulse
                join answer on answer.pulse_id = pulse.pulse_id
                where pulse.pair_id = pair.pair_id
                    and pulse.closed > $2
                    and pulse.closed <= $3
                    and answer.audience <> $4) as packed
            from pair
            where pair.program_id = $1
                and (pair.ended is null or pair.ended > $3)",
            $and
        )
    };
}

const EVERYBODY: &str = given!("");
const PAUSED: &str = given!(
    "
                and exists (
                    select 1
                    from pause
                    where (pause.pair_id = pair.pair_id or pause.person_id in (pair.mentor_id, pair.mentee_id))
                        and pause.until_day > $5)"
);

fn list<'q>(select: &mut QueryBuilder<Engine>, questions: impl Iterator<Item = &'q Question>) {
    let mut list = select.separated(", ");
    let mut none = true;
    for question in questions {
        list.push_bind(question.id.as_str().to_owned());
        none = false;
    }
    if none {
        select.push("''");
    }
}

/// The entries of a packed text; an entry that cannot be read is an error, and one that says nothing is left out.
fn packed<T, const N: usize>(row: &Row, read: impl Fn([&str; N]) -> Option<T>) -> Result<Vec<T>> {
    let text: Option<&str> = raw(row, "pulse", "packed")?;
    let entries = text.into_iter().flat_map(|text| text.split(','));
    let mut all = Vec::new();
    for entry in entries {
        let mut fields = [""; N];
        let mut words = entry.split(' ');
        for field in &mut fields {
            *field = words.next().ok_or_else(|| unclear("pulse", "packed", "a field is missing"))?;
        }
        all.extend(read(fields));
    }
    Ok(all)
}

/// A question that has left the bank counts for nothing.
fn read_given(entry: [&str; 5], bank: &HashMap<&str, &'static Question>, zone: Tz) -> Option<Given> {
    let [role, question, value, at, closed] = entry;
    let at = time(at)?;
    Some(Given {
        role: role.parse().ok()?,
        question: bank.get(question)?,
        value: value.parse().ok()?,
        at,
        day: civil(zone, at).date(),
        closed: time(closed)?,
    })
}

fn time(ms: &str) -> Option<DateTime<Utc>> {
    DateTime::from_timestamp_millis(ms.parse().ok()?)
}
