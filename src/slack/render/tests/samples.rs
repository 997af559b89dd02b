//! Ana and Ravi, and what is said to them.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, TimeZone, Utc};
use chrono_tz::Tz;

use crate::core::act::unanswered;
use crate::core::answer::Audience;
use crate::core::content::{
    Home, HomeAnswer, HomeAttention, HomeItem, HomePair, HomePulse, HomeRest, HomeSessions, HomeShared, How, Item,
    PrivatePulse, PulseFrame, SharedPulse, Started, Welcome,
};
use crate::core::id::{MessageKey, MessageName, PairId, PersonId, ProgramId, PulseId, QuestionId};
use crate::core::pause::Span;
use crate::core::question::{Indicator, Role};
use crate::core::rest::{Pace, Rest};
use crate::core::scoring::digest::{
    ActionLine, Became, Before, CommentRef, Digest, DigestCare, DigestPage, GroupLine, IndicatorLine, LINES, LineId,
    MeanChange, Meetings, NeverMet, Outcome, PairHealth, ProgramHealth, Rate, SharedComment, Shown, Silent, States,
    Subject, Week, What, WithheldGroups,
};
use crate::core::scoring::part::Part;
use crate::core::scoring::pool::Batch;
use crate::core::scoring::statistics::{self, Comparison};
use crate::core::scoring::trend::Trend;
use crate::core::session::ProposalState;

pub use super::together::proposal;

pub const OPEN: &str = "We can talk openly, also about hard things.";
pub const TELL: &str = "I can tell Ravi when something does not work for me.";

pub fn key() -> MessageKey {
    MessageName::from("pulse:p:2026-05-19").key()
}

pub fn program() -> ProgramId {
    ProgramId::from("T1:engineering")
}

pub fn at(day: u32, hour: u32) -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 5, day, hour, 0, 0).single().expect("an instant")
}

pub fn date(day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 5, day).expect("a date")
}

pub fn pair(n: usize) -> PairId {
    PairId::from(format!("{n:032x}"))
}

pub fn pulse(n: usize) -> PulseId {
    PulseId::new(&pair(n), date(19))
}

pub fn frame(n: usize) -> PulseFrame {
    PulseFrame {
        pulse: pulse(n),
        pair: pair(n),
        program: program(),
        program_name: None,
        number: 9,
        of: Some(26),
        since: date(12),
        closes: at(22, 17),
        closed: false,
    }
}

pub fn item(text: &str) -> Item {
    Item {
        question: QuestionId::from("comm-openness"),
        text: text.to_owned(),
        labels: ["No", "Not really", "Partly", "Mostly", "Yes"].map(str::to_owned),
        audience: Audience::Coordinator,
    }
}

pub fn shared() -> SharedPulse {
    SharedPulse {
        frame: frame(1),
        mentee_name: "Ana".to_owned(),
        mentor_name: "Ravi".to_owned(),
        mentee: item(OPEN),
        mentor: item(OPEN),
    }
}

pub fn private(n: usize, partner: &str) -> PrivatePulse {
    PrivatePulse { frame: frame(n), partner: partner.to_owned(), item: item(OPEN), again: false }
}

pub fn welcome() -> Welcome {
    Welcome {
        program: program(),
        program_name: "Engineering".to_owned(),
        pairs: vec![(Role::Mentee, "Ravi".to_owned())],
        coordinators: vec!["Mia Chen".to_owned()],
        coordinates: false,
        told: vec!["Mia Chen".to_owned()],
        weekly: 3,
        threshold: 5,
        said: None,
    }
}

pub fn how() -> How {
    let coordinators = vec!["Mia Chen".to_owned()];
    How { program_name: "Engineering".to_owned(), coordinators, coordinates: false, threshold: 5 }
}

pub fn home_pulse(n: usize) -> HomePulse {
    let answer = HomeAnswer { value: 4, audience: Audience::Coordinator, comment: Some("It got easier.".to_owned()) };
    let second = Item { question: QuestionId::from("comm-tell"), ..item(TELL) };
    HomePulse {
        frame: frame(n),
        partner: "Ravi".to_owned(),
        skipped: false,
        items: vec![HomeItem { item: item(OPEN), answer: Some(answer) }, HomeItem { item: second, answer: None }],
    }
}

pub fn home_pair(n: usize) -> HomePair {
    HomePair {
        pair: pair(n),
        program: program(),
        program_name: "Engineering".to_owned(),
        role: Role::Mentee,
        partner: "Ravi".to_owned(),
        said: Some(Started::Yes),
        sessions: HomeSessions {
            last: Some((date(12), Some(45))),
            said_met: Some(date(5)),
            proposal: Some(proposal(ProposalState::Open)),
            own_proposal: n.is_multiple_of(2),
            ask: unanswered(|_| false).collect(),
        },
        fit: Default::default(),
        paused: None,
    }
}

pub fn home_shared() -> HomeShared {
    HomeShared {
        partner: "Ravi".to_owned(),
        text: OPEN.to_owned(),
        label: "Mostly".to_owned(),
        comment: Some("Let us keep it up.".to_owned()),
        closed: frame(1).closes,
    }
}

pub fn home(pairs: usize) -> Home {
    Home {
        open: (0..pairs).map(home_pulse).collect(),
        past: (0..pairs.min(10)).map(home_pulse).collect(),
        shared: vec![home_shared()],
        shared_besides: 0,
        pairs: (0..pairs).map(home_pair).collect(),
        goals: vec![],
        agreements: vec![],
        thanks: vec![],
        record: Default::default(),
        surveys: vec![],
        help: vec![],
        former: vec![],
        coordinates: vec![],
        attention: Some(HomeAttention { used: 2, nudges: 1, weekly: 3, most: 3, stopped: vec![] }),
        rest: Some(home_rest(pairs)),
        looks: vec![],
    }
}

/// Away soon, hours of one's own, and as many paused pairs.
pub fn home_rest(paused: usize) -> HomeRest {
    let day = |day: &str| day.parse::<chrono::NaiveDate>().expect("a day");
    let rest = Rest { quiet: "12:00-13:00".parse().ok(), pace: Pace::Second, ..Rest::default() };
    HomeRest {
        rest,
        away: vec![Span { from: day("2026-06-08"), until: day("2026-06-15") }],
        is_away: false,
        out: None,
        paused: (0..paused.saturating_sub(1)).map(|n| (pair(n), "Ravi".to_owned())).collect(),
    }
}

/// A pair that needs somebody; its parts add up to the change.
pub fn pair_health(n: usize, health: Option<u8>) -> PairHealth {
    let by = [(Part::Meetings, -12), (Part::Feedback, -7), (Part::Answering, -6), (Part::Goals, -3)];
    PairHealth {
        pair: pair(n),
        health,
        thin: false,
        trend: health.map(|_| Trend::Falling),
        before: health.map(|health| Before { health: health + 28, weeks_ago: 4 }),
        changes: if health.is_some() { by.into() } else { vec![] },
        never_met: health.is_none().then_some(42),
        gap: false,
    }
}

/// A digest in which as many pairs are named in every list.
pub fn digest(named: usize) -> DigestPage {
    let mut page = digest_before_scores(named);
    let digest = &mut page.digest;
    let (cutoff, ana) = (digest.cutoff, PersonId::from("T1:U1"));
    let lines = (0..named).map(|n| match n % 5 {
        0 => What::Pair(pair_health(n, Some(38))),
        1 => super::confidence::help_line(n, &ana),
        2 => What::Gap { pair: pair(n) },
        3 => What::Pair(pair_health(n, None)),
        _ => What::Declined { person: ana.clone(), at: at(20, 9) },
    });
    let mut lines = lines.map(|what| ActionLine::new(&program(), cutoff, what));
    digest.actions = lines.by_ref().take(LINES).collect();
    digest.more = lines.collect();
    let last = at(18, 7);
    digest.last_week = (0..named.min(LINES))
        .map(|n| Outcome {
            line: LineId::new(last, &Subject::Pair(pair(n))),
            pair: Some(pair(n)),
            handled: n % 2 == 0,
            became: match n {
                0 => Became::Recovered { from: Some(48), to: Some(66) },
                1 => Became::Open,
                2 => Became::Paused,
                3 => Became::Recovered { from: None, to: None },
                _ => Became::Ended,
            },
        })
        .collect();
    digest.rules = 1;
    digest.states = Some(States { on_track: 36, watch: 6, needs_you: 3, paused: 2, too_early: 1 });
    digest.health = Some(ProgramHealth { pairs: 45, value: Some(74), before: Some(76) });
    digest.watch = (0..named).map(|n| PairHealth { thin: n % 2 == 1, ..pair_health(n, Some(58)) }).collect();
    digest.states = digest.states.map(|states| States { watch: u32::try_from(named).unwrap_or(u32::MAX), ..states });
    digest.ended = (0..named.min(1)).map(pair).collect();
    digest.meetings = Some(Meetings { met: 31, pairs: 46, median_gap_days: Some(13) });
    let indicators = vec![(Indicator::Growth, 392), (Indicator::Communication, 410)];
    let week = |(week, health)| Week {
        week,
        until: date(24),
        answered: Rate { answered: 70, asked: 88 },
        health: Some(health),
        indicators: indicators.clone(),
    };
    digest.series = [(6, 71), (7, 69), (8, 76), (9, 74)].map(week).into();
    page
}

/// As it was before there was a score.
pub fn digest_before_scores(named: usize) -> DigestPage {
    let mean = |hundredths, n, change| Shown::Mean { hundredths, n, people: n, change };
    let shown = [
        (Indicator::Growth, mean(392, 66, MeanChange::By { hundredths: 21, proven: true })),
        (Indicator::Communication, mean(410, 69, MeanChange::By { hundredths: -12, proven: false })),
        (Indicator::Guidance, mean(430, 7, MeanChange::TooFew)),
        (Indicator::Feedback, Shown::Withheld),
        (Indicator::Organisation, Shown::NotAsked),
    ];
    let ana = PersonId::from("T1:U1");
    let roles = [vec![Role::Mentee, Role::Mentor], vec![Role::Mentor], vec![Role::Mentee]];
    let digest = Digest {
        surveys: None,
        rules: 0,
        program: program(),
        cutoff: at(25, 7),
        from: date(18),
        until: date(24),
        week: 9,
        weeks: Some(26),
        pairs: 48,
        answered: Rate { answered: 69, asked: 88 },
        answered_before: Some(Rate { answered: 70, asked: 86 }),
        resting: if named > 0 { 8 } else { 0 },
        indicators: shown.map(|(indicator, shown)| IndicatorLine { indicator, shown }).into(),
        groups: (0..named.min(2))
            .map(|n| GroupLine {
                group: (n > 0).then(|| "Design".to_owned()),
                indicators: vec![IndicatorLine {
                    indicator: Indicator::Growth,
                    shown: mean(392, 12, MeanChange::TooFew),
                }],
            })
            .collect(),
        comparisons: [
            (Indicator::Growth, statistics::Outcome::NotProven),
            (Indicator::Feedback, statistics::Outcome::Higher(Role::Mentor)),
        ]
        .map(|(indicator, outcome)| Comparison { indicator, cutoff: at(25, 7), pairs: 12, outcome })
        .into(),
        batches: (0..named.min(1))
            .map(|_| Batch {
                indicator: Indicator::Feedback,
                role: Role::Mentee,
                cutoff: at(25, 7),
                people: 6,
                points: Some(20),
            })
            .collect(),
        withheld: WithheldGroups {
            small: (0..named).map(|n| Some(format!("Data {n}"))).collect(),
            beside: (0..named.min(1)).map(|_| Some("Research".to_owned())).collect(),
        },
        silent: (0..named).map(|n| Silent { pair: pair(n), roles: roles[n % 3].clone() }).collect(),
        never_met: (0..named).map(|n| NeverMet { pair: pair(n), days: 12 }).collect(),
        silent_beyond: 0,
        never_met_beyond: 0,
        states: None,
        health: None,
        actions: vec![],
        more: vec![],
        watch: vec![],
        last_week: vec![],
        ended: vec![],
        series: vec![],
        meetings: None,
        goals: None,
        nudges: None,
        met: 31,
        comments: (0..named)
            .map(|n| CommentRef { pulse: pulse(n), person: ana.clone(), question: QuestionId::from("comm-openness") })
            .collect(),
        declined: if named > 0 { vec![ana.clone()] } else { vec![] },
    };
    DigestPage {
        stories: Vec::new(),
        care: DigestCare::default(),
        digest,
        program_name: "Engineering".to_owned(),
        zone: Tz::Europe__Berlin,
        charts: true,
        pairs: (0..named).map(|n| (pair(n), (format!("Ravi {n}"), format!("Ana {n}")))).collect(),
        people: BTreeMap::from([(ana, "Lee".to_owned())]),
        is_own_copy: false,
        comments: (0..named)
            .map(|n| SharedComment {
                name: format!("Ana {n}"),
                pair: pair(n),
                question: OPEN.to_owned(),
                label: "Mostly".to_owned(),
                words: "We found a rhythm.\nFridays work.".to_owned(),
            })
            .collect(),
    }
}
