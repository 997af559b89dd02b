//! What scoring looks at, of all pairs of a programme at once: one row a pair, read one after the other.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;
use futures_util::TryStreamExt as _;
use sqlx::{QueryBuilder, Result};

use super::rows::{Row, id, ms, number, raw, unclear};
use super::{Conn, Engine, agreements, evaluations, goals, pauses, rests};
use crate::core::answer::Audience;
use crate::core::cadence::civil;
use crate::core::id::PairId;
use crate::core::program::Program;
use crate::core::question::{Question, Role};
use crate::core::scoring::health::Usual;
use crate::core::scoring::history::side;
use crate::core::scoring::record::{ANSWERS_WEIGH_WEEKS, Asked, Given, Record, Topic};
use crate::core::scoring::window::PairRow;

/// How much further back the answers of pairs reach that were paused meanwhile.
const PAUSED_WEEKS: i64 = 52;

/// How long a pair is looked at after its end: the digest of a programme's last week is about pairs that ended with it.
const ENDED_WEEKS: i64 = 1;

/// Older pulses by which it is seen what a pair was asked last, where it is asked seldom.
const OLDER_PULSES: i64 = 4;

/// Into how many parts the pairs are divided at most, each read by statements of its own: an engine may hold all rows of a
/// statement at once. A part has [`PART`] pairs, or more.
const PARTS: usize = 8;
const PART: usize = 500;

/// Pairs that a statement names one by one; for more it reads those of the whole part.
const NAMED: usize = 200;

/// Fills the records of these pairs, which stand in the order of their ids, with what is known at the cut-off; what a pair
/// has none of stays empty.
pub async fn fill(conn: &mut Conn, program: &Program, pairs: &mut [PairRow], cutoff: DateTime<Utc>) -> Result<()> {
    let after = cutoff - TimeDelta::weeks(i64::from(ANSWERS_WEIGH_WEEKS));
    let ids: Vec<PairId> = pairs.iter().map(|row| row.pair.id.clone()).collect();
    let places = ids.iter().zip(0..).map(|(pair, place)| (pair.clone(), place)).collect();
    for row in &mut *pairs {
        row.record.given_after = after;
    }
    let mut all = Records { places, pairs, program, after, cutoff };
    for part in ids.chunks(ids.len().div_ceil(PARTS).max(PART)) {
        let Some(part) = part.first().zip(part.last()) else { continue };
        all.evaluated(conn, part).await?;
        let seldom = all.closed(conn, part).await?;
        if !seldom.is_empty() {
            all.older(conn, part, &seldom).await?;
        }
    }
    all.paused(conn).await?;
    all.earlier(conn).await?;
    for (pair, spans) in pauses::of_program(conn, program, cutoff).await? {
        all.of(&pair, |record| record.pauses = spans);
    }
    for (pair, spans) in rests::holidays(conn, program, cutoff).await? {
        all.of(&pair, |record| record.holidays = spans);
    }
    for (pair, role) in rests::resting(conn, program, cutoff).await? {
        all.of(&pair, |record| record.resting.push(role));
    }
    for (pair, moves) in goals::moves(conn, &program.id, cutoff).await? {
        all.of(&pair, |record| record.goals = moves);
    }
    for (pair, days) in agreements::rhythms(conn, program.id.as_str(), cutoff).await? {
        all.of(&pair, |record| record.rhythm = Some(days));
    }
    Ok(())
}

/// The first and the last pair of a part.
type Part<'a> = (&'a PairId, &'a PairId);

/// The records that are filled, found by their pair.
struct Records<'a> {
    places: HashMap<PairId, usize>,
    pairs: &'a mut [PairRow],
    program: &'a Program,
    /// Answers that closed after this are given one by one.
    after: DateTime<Utc>,
    cutoff: DateTime<Utc>,
}

impl Records<'_> {
    fn of<T>(&mut self, pair: &PairId, write: impl FnOnce(&mut Record) -> T) -> Option<T> {
        let row = self.places.get(pair).and_then(|place| self.pairs.get_mut(*place))?;
        Some(write(&mut row.record))
    }

    async fn evaluated(&mut self, conn: &mut Conn, part: Part<'_>) -> Result<()> {
        for (pair, weekly) in evaluations::before(conn, &self.program.id, part, self.cutoff).await? {
            // They come in the order of their numbers; the first alone is both.
            self.of(&pair, |record| {
                record.before.get_or_insert_with(|| weekly.clone());
                record.last = Some(weekly);
            });
        }
        Ok(())
    }

    /// What pulses count for that closed after `after`, until the cut-off. Returns the pairs that were asked too seldom
    /// since then to know what they were asked last.
    async fn closed(&mut self, conn: &mut Conn, (first, last): Part<'_>) -> Result<Vec<PairId>> {
        let reader = Reader::new(self.program);
        let mut seldom = Vec::new();
        let mut rows = sqlx::query(
            "select pair.pair_id, (
                select string_agg(cast(pulse.closed as text) || ',' || pulse.counted, ';')
                from pulse
                where pulse.pair_id = pair.pair_id
                    and pulse.closed > $2
                    and pulse.closed <= $3) as packed
            from pair
            where pair.program_id = $1
                and pair.pair_id >= $4
                and pair.pair_id <= $5
                and (pair.ended is null or pair.ended > $6)",
        )
        .bind(self.program.id.as_str())
        .bind(ms(self.after))
        .bind(ms(self.cutoff))
        .bind(first.as_str())
        .bind(last.as_str())
        .bind(ms(self.cutoff - TimeDelta::weeks(ENDED_WEEKS)))
        .fetch(conn);
        while let Some(row) = rows.try_next().await? {
            let (mut asked, given) = reader.read(&row, "packed")?;
            newest_first(&mut asked);
            let pair = id(&row, "pair", "pair_id")?;
            let is_seldom = self.of(&pair, |record| {
                (record.asked, record.given) = (asked, given);
                record.asked_seldom()
            });
            if is_seldom == Some(true) {
                seldom.push(pair);
            }
        }
        Ok(seldom)
    }

    /// What these pairs of the part were asked in some pulses before those.
    async fn older(&mut self, conn: &mut Conn, (first, last): Part<'_>, pairs: &[PairId]) -> Result<()> {
        let reader = Reader::new(self.program);
        let mut select = QueryBuilder::<Engine>::new(
            "select pair.pair_id, (
                select string_agg(cast(older.closed as text) || ',' || older.counted, ';')
                from (
                    select pulse.closed, pulse.counted
                    from pulse
                    where pulse.pair_id = pair.pair_id
                        and pulse.closed <= ",
        );
        select.push_bind(ms(self.after)).push(" order by pulse.closed desc limit ").push_bind(OLDER_PULSES);
        select.push(") as older) as older from pair where pair.program_id = ").push_bind(self.program.id.as_str());
        if pairs.len() <= NAMED {
            select.push(" and pair.pair_id in (");
            let mut list = select.separated(", ");
            for pair in pairs {
                list.push_bind(pair.as_str());
            }
            select.push(")");
        } else {
            select.push(" and pair.pair_id >= ").push_bind(first.as_str());
            select.push(" and pair.pair_id <= ").push_bind(last.as_str());
        }
        let wanted: HashSet<&PairId> = pairs.iter().collect();
        let mut rows = select.build().persistent(false).fetch(conn);
        while let Some(row) = rows.try_next().await? {
            let pair = id(&row, "pair", "pair_id")?;
            if wanted.contains(&pair) {
                let mut older = reader.read(&row, "older")?.0;
                self.of(&pair, |record| {
                    record.asked.append(&mut older);
                    newest_first(&mut record.asked);
                });
            }
        }
        Ok(())
    }

    /// Older answers of pairs that were paused since: thirteen active weeks reach further back.
    async fn paused(&mut self, conn: &mut Conn) -> Result<()> {
        let (program, until) = (self.program, self.after);
        let reader = Reader::new(program);
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
    async fn earlier(&mut self, conn: &mut Conn) -> Result<()> {
        let mut select = QueryBuilder::<Engine>::new(
            "select looked.pair_id, case when answer.person_id = looked.mentee_id then 'mentee' else 'mentor' end as role,
                count(*) as answers,
                cast(sum(case when answer.question_id in (",
        );
        list(&mut select, self.program.questions().filter(|question| question.reverse));
        // Where the last evaluation is newer than those answers, and mostly it is, no pulse is read.
        select.push(
            ") then 5 - answer.value else answer.value - 1 end) as bigint) as steps
            from (
                select pair.pair_id, pair.mentee_id, coalesce((
                    select max(evaluation.cutoff)
                    from evaluation
                    where evaluation.pair_id = pair.pair_id
                        and evaluation.cutoff < ",
        );
        select.push_bind(ms(self.cutoff)).push("), 0) as since from pair where pair.program_id = ");
        select.push_bind(self.program.id.as_str()).push(" and (pair.ended is null or pair.ended > ");
        select.push_bind(ms(self.cutoff - TimeDelta::weeks(ENDED_WEEKS))).push(
            ")) as looked
            join pulse on pulse.pair_id = looked.pair_id
                and pulse.closed > looked.since
                and pulse.closed <= ",
        );
        select.push_bind(ms(self.after)).push(
            " join answer on answer.pulse_id = pulse.pulse_id
            where looked.since < ",
        );
        select.push_bind(ms(self.after)).push(" and answer.audience <> ").push_bind(Audience::OnlyTotals.as_str());
        select.push(" and answer.question_id in (");
        list(&mut select, self.program.questions());
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
struct Reader<'p> {
    topics: HashMap<&'p str, Topic>,
    zone: Tz,
}

impl<'p> Reader<'p> {
    fn new(program: &'p Program) -> Self {
        Self { topics: Topic::all(program), zone: program.zone }
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
                let mut words = entry.split(' ');
                let role = words.next().and_then(|role| role.parse().ok()).ok_or_else(unclear)?;
                match (words.next(), words.next(), words.next(), words.next()) {
                    (Some(answered), None, ..) => asked.push(Asked { role, closed, answered: answered == "1" }),
                    (Some(question), Some(value), Some(at), None) => {
                        // A question that the programme no longer knows counts for nothing.
                        let Some(question) = self.topics.get(question).copied() else { continue };
                        let at = time(at).ok_or_else(unclear)?;
                        let day = civil(self.zone, at).date();
                        let value = value.parse().map_err(|_| unclear())?;
                        given.push(Given { role, question, value, at, day, closed });
                    }
                    _ => return Err(unclear()),
                }
            }
        }
        // They stay for as long as the digest is made.
        asked.shrink_to_fit();
        given.shrink_to_fit();
        given.sort_by(|a: &Given, b: &Given| {
            (a.closed, a.role, a.at)
                .cmp(&(b.closed, b.role, b.at))
                .then_with(|| a.question.place.cmp(&b.question.place))
        });
        Ok((asked, given))
    }
}

fn newest_first(asked: &mut [Asked]) {
    asked.sort_by(|a, b| b.closed.cmp(&a.closed).then(a.role.cmp(&b.role)));
}

fn time(ms: &str) -> Option<DateTime<Utc>> {
    DateTime::from_timestamp_millis(ms.parse().ok()?)
}
