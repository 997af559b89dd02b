//! A year of a programme with groups, hidden answers and a coordinator who mentors, and what its digests release.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, TimeDelta, Utc};

use crate::core::answer::Audience;
use crate::core::id::{PairId, PersonId, PulseId};
use crate::core::person::Pair;
use crate::core::program::Program;
use crate::core::question::{Bank, Indicator, Question, QuestionId, Role};
use crate::core::sample::{date, pair, person, program, utc};
use crate::core::scoring::compose;
use crate::core::scoring::digest::Digest;
use crate::core::scoring::pool::{Hidden, Left};
use crate::core::scoring::record::{Given, Record, Topic};
use crate::core::scoring::release::release;
use crate::core::scoring::window::{PairRow, Released, Window};

const WEEKS: i64 = 52;

/// Pairs of each group. Mia coordinates; Noa coordinates too, and mentors the last pair.
const GROUPS: [(Option<&str>, usize); 4] = [(Some("Design"), 9), (Some("Data"), 7), (Some("Ops"), 2), (None, 4)];

/// The numbers that a programme is drawn from.
struct Chance(u64);

impl Chance {
    /// A number below `below`.
    fn draw(&mut self, below: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (z ^ (z >> 31)) % below
    }
}

/// One answer of the year.
#[derive(Clone)]
pub struct AnswerRow {
    pub pulse: PulseId,
    pub pair: PairId,
    pub person: PersonId,
    pub role: Role,
    pub question: QuestionId,
    pub value: u8,
    pub audience: Audience,
    pub given: DateTime<Utc>,
    pub closed: DateTime<Utc>,
}

/// Who said what in a year.
#[derive(Clone)]
pub struct Year {
    pub program: Program,
    pub pairs: Vec<PairRow>,
    pub answers: Vec<AnswerRow>,
}

pub fn cutoff(week: i64) -> DateTime<Utc> {
    utc("2026-05-11 07:00") + TimeDelta::weeks(week)
}

impl Year {
    pub fn draw(seed: u64) -> Self {
        let mut chance = Chance(seed);
        let mut program = program();
        program.ends = None;
        program.coordinators = vec![person("Mia").id, person("Noa").id];
        let mut pairs = Vec::new();
        for (group, count) in GROUPS {
            for n in 0..count {
                let is_last = group.is_none() && n + 1 == count;
                let mentor = if is_last { person("Noa").id } else { person(&format!("m{}", pairs.len())).id };
                let mentee = person(&format!("e{}", pairs.len())).id;
                let id = PairId::new(&program.id, &mentor, &mentee);
                let group = group.map(str::to_owned);
                let pair = Pair { id, mentor, mentee, group, starts: date("2026-05-04"), ..pair() };
                pairs.push(PairRow { pair, declined: false, record: Record::default() });
            }
        }
        let mut year = Self { program, pairs, answers: Vec::new() };
        for week in 0..WEEKS {
            year.week(week, &mut chance);
        }
        year
    }

    /// Each side is asked two questions. In some weeks everybody is content, in some nobody.
    fn week(&mut self, week: i64, chance: &mut Chance) {
        let mood = chance.draw(6);
        let both: Vec<&Question> = Bank::built_in().questions.iter().filter(|question| question.is_paired()).collect();
        let asked = [0, 1].map(|n| both[(2 * week as usize + n) % both.len()]);
        let closed = cutoff(week) - TimeDelta::days(3);
        for row in &self.pairs {
            let pulse = PulseId::new(&row.pair.id, date("2026-05-05") + TimeDelta::weeks(week));
            for role in Role::ALL {
                let person = row.pair.side(role).clone();
                let says = chance.draw(10) < 7;
                for question in asked.into_iter().filter(|_| says) {
                    let upright = match (mood, chance.draw(12)) {
                        (0, 0..=10) => 5,
                        (1, 0..=10) => 1,
                        (_, draw) => 5 - (draw * draw / 30) as u8,
                    };
                    let hides = chance.draw(10) < 3;
                    self.answers.push(AnswerRow {
                        pulse: pulse.clone(),
                        pair: row.pair.id.clone(),
                        person: person.clone(),
                        role,
                        question: question.id.clone(),
                        value: if question.reverse { 6 - upright } else { upright },
                        audience: if hides { Audience::OnlyTotals } else { Audience::Coordinator },
                        given: closed - TimeDelta::days(1),
                        closed,
                    });
                }
            }
        }
    }

    fn partner(&self, row: &AnswerRow) -> PersonId {
        let pair = self.pairs.iter().find(|one| one.pair.id == row.pair).expect("a pair");
        pair.pair.side(row.role.partner()).clone()
    }

    fn hidden(&self, place: usize) -> Hidden {
        let row = &self.answers[place];
        let (indicator, points) = points(&row.question, row.value);
        Hidden {
            pulse: row.pulse.clone(),
            person: row.person.clone(),
            partner: self.partner(row),
            question: row.question.clone(),
            indicator,
            role: row.role,
            points,
            given: row.given,
            closed: row.closed,
        }
    }

    /// What 52 digests release and show. `counts` says what is taken for a named answer.
    pub fn published(&self, counts: fn(&AnswerRow) -> bool) -> Published {
        let mut published = Published::default();
        let mut waiting: Vec<usize> = (0..self.answers.len()).filter(|n| !counts(&self.answers[*n])).collect();
        let topics = Topic::all(&self.program);
        for week in 0..WEEKS {
            let at = cutoff(week);
            let mut pairs = self.pairs.clone();
            for row in self.answers.iter().filter(|row| row.closed < at && row.closed >= at - TimeDelta::weeks(8)) {
                if !counts(row) && !row.audience.is_named() {
                    continue;
                }
                let pair = pairs.iter_mut().find(|one| one.pair.id == row.pair).expect("a pair");
                pair.record.given.push(Given {
                    role: row.role,
                    question: topics[row.question.as_str()],
                    value: row.value,
                    at: row.given,
                    day: row.given.date_naive(),
                    closed: row.closed,
                });
            }
            let mut window = Window {
                nudges: Default::default(),
                surveys: Default::default(),
                program: self.program.clone(),
                pairs,
                asked_about: Indicator::ALL.into(),
                comments: Vec::new(),
                declined: Vec::new(),
                help: Vec::new(),
                last_week: BTreeMap::new(),
                handled: BTreeSet::new(),
                released: published.released.clone(),
                past_thresholds: Vec::new(),
                counted_until: (week > 0).then(|| cutoff(week - 1)),
                taking_part: BTreeMap::new(),
            };
            let pool: Vec<Hidden> = waiting.iter().map(|n| self.hidden(*n)).collect();
            let released = release(&window, &pool, at);
            let place = |hidden: &Hidden| waiting[pool.iter().position(|one| one == hidden).expect("in the pool")];
            let gone: Vec<(usize, Left)> = released.left.iter().map(|(one, left)| (place(one), *left)).collect();
            waiting.retain(|n| gone.iter().all(|(place, _)| place != n));
            published.batched.extend(gone.iter().filter(|(_, left)| *left == Left::InBatch).map(|(n, _)| (*n, at)));
            published.released.add(released.new.clone());
            window.released.add(released.new);
            published.digests.push(compose::compose(&window, at, None));
        }
        published
    }
}

/// What came of a year.
#[derive(Default)]
pub struct Published {
    pub released: Released,
    pub digests: Vec<Digest>,
    /// Hidden answers, and the cut-off with whose batches they left.
    pub batched: Vec<(usize, DateTime<Utc>)>,
}

/// Indicator and points, 1 to 5, of an answer; a reversed item is turned round.
pub fn points(question: &QuestionId, value: u8) -> (Indicator, u8) {
    let question = Bank::built_in().question(question.as_str()).expect("of the bank");
    (question.indicator, question.upright(value))
}
