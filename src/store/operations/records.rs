//! What scoring looks at, of all pairs of a programme at once: one row a pair, read one after the other.

use std::collections::HashMap;

use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;
use futures_util::TryStreamExt as _;
use sqlx::{QueryBuilder, Result};

use super::rows::{Row, id, ms, number, raw, unclear};
use super::{Conn, Engine, agreements, evaluations, goals, pauses};
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

/// Older pulses by which it is seen what a pair was asked last, where it is asked seldom.
const OLDER_PULSES: i64 = 4;

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
        all.closed(conn, program, after, cutoff).await?;
        all.paused(conn, program, after).await?;
        all.earlier(conn, program, after, cutoff).await?;
        for (pair, spans) in pauses::of_program(conn, program, cutoff).await? {
            all.of(&pair, |record| record.pauses = spans);
        }
        for (pair, moves) in goals::moves(conn, &program.id, cutoff).await? {
            all.of(&pair, |record| record.goals = moves);
        }
        for (pair, days) in agreements::rhythms(conn, program.id.as_str(), cutoff).await? {
            all.of(&pair, |record| record.rhythm = Some(days));
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

    /// What pulses count for that closed after `after`, until `until`; and what was asked in some older ones.
    async fn closed(
        &mut self,
        conn: &mut Conn,
        program: &Program,
        after: DateTime<Utc>,
        until: DateTime<Utc>,
    ) -> Result<()> {
        let reader = Reader::new(program.zone);
        let mut rows = sqlx::query(
            "select pair.pair_id, (
                select string_agg(cast(pulse.closed as text) || ',' || pulse.counted, ';')
                from pulse
                where pulse.pair_id = pair.pair_id
                    and pulse.closed > $2
                    and pulse.closed <= $3) as packed, (
                select string_agg(cast(older.closed as text) || ',' || older.counted, ';')
                from (
                    select pulse.closed, pulse.counted
                    from pulse
                    where pulse.pair_id = pair.pair_id
                        and pulse.closed <= $2
                    order by pulse.closed desc
                    limit $4) as older) as older
            from pair
            where pair.program_id = $1
                and (pair.ended is null or pair.ended > $3)",
        )
        .bind(program.id.as_str())
        .bind(ms(after))
        .bind(ms(until))
        .bind(OLDER_PULSES)
        .fetch(conn);
        while let Some(row) = rows.try_next().await? {
            let (mut asked, given) = reader.read(&row, "packed")?;
            asked.append(&mut reader.read(&row, "older")?.0);
            asked.sort_by(|a, b| b.closed.cmp(&a.closed).then(a.role.cmp(&b.role)));
            self.of(&id(&row, "pair", "pair_id")?, |record| (record.asked, record.given) = (asked, given));
        }
        Ok(())
    }

    /// Older answers of pairs that were paused since: thirteen active weeks reach further back.
    async fn paused(&mut self, conn: &mut Conn, program: &Program, until: DateTime<Utc>) -> Result<()> {
        let reader = Reader::new(program.zone);
        let mut rows = sqlx::query(
            "select pair.pair_id, (
                select string_agg(cast(pulse.closed as text) || ',' || pulse.counted, ';')
                from pulse
                where pulse.pair_id = pair.pair_id
                    and pulse.closed > $2
                    and pulse.closed <= $3) as packed
            from pair
            where pair.program_id = $1
                and (pair.ended is null or pair.ended > $3)
                and exists (
                    select 1
                    from pause
                    where (pause.pair_id = pair.pair_id or pause.person_id in (pair.mentor_id, pair.mentee_id))
                        and pause.until_day > $4)",
        )
        .bind(program.id.as_str())
        .bind(ms(until - TimeDelta::weeks(PAUSED_WEEKS)))
        .bind(ms(until))
        .bind(civil(program.zone, until).date().to_string())
        .fetch(conn);
        while let Some(row) = rows.try_next().await? {
            let (_, mut given) = reader.read(&row, "packed")?;
            self.of(&id(&row, "pair", "pair_id")?, |record| {
                given.append(&mut record.given);
                record.given = given;
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

/// Reads what pulses count for.
struct Reader {
    bank: HashMap<&'static str, &'static Question>,
    zone: Tz,
}

impl Reader {
    fn new(zone: Tz) -> Self {
        let questions = Bank::built_in().questions.iter();
        Self { bank: questions.map(|question| (question.id.as_str(), question)).collect(), zone }
    }

    /// What was asked, and the answers that count, oldest first.
    fn read(&self, row: &Row, column: &'static str) -> Result<(Vec<Asked>, Vec<Given>)> {
        let (mut asked, mut given) = (Vec::new(), Vec::new());
        let text: Option<&str> = raw(row, "pulse", column)?;
        for pulse in text.into_iter().flat_map(|text| text.split(';')) {
            let unclear = || unclear("pulse", "counted", format!("`{pulse}` is not understood"));
            let mut entries = pulse.split(',');
            let closed = entries.next().and_then(time).ok_or_else(unclear)?;
            for entry in entries {
                let words: Vec<&str> = entry.split(' ').collect();
                match words[..] {
                    [role, answered] => {
                        let role = role.parse().map_err(|_| unclear())?;
                        asked.push(Asked { role, closed, answered: answered == "1" });
                    }
                    [role, question, value, at] => {
                        // A question that has left the bank counts for nothing.
                        let Some(question) = self.bank.get(question).copied() else { continue };
                        let at = time(at).ok_or_else(unclear)?;
                        given.push(Given {
                            role: role.parse().map_err(|_| unclear())?,
                            question,
                            value: value.parse().map_err(|_| unclear())?,
                            at,
                            day: civil(self.zone, at).date(),
                            closed,
                        });
                    }
                    _ => return Err(unclear()),
                }
            }
        }
        given.sort_by(|a: &Given, b: &Given| {
            (a.closed, a.role, a.at).cmp(&(b.closed, b.role, b.at)).then_with(|| a.question.id.cmp(&b.question.id))
        });
        Ok((asked, given))
    }
}

fn time(ms: &str) -> Option<DateTime<Utc>> {
    DateTime::from_timestamp_millis(ms.parse().ok()?)
}
