//! Ana and Ravi, and what is said to them.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, TimeZone, Utc};

use crate::core::act::unanswered;
use crate::core::answer::Audience;
use crate::core::content::{
    Home, HomeAnswer, HomeItem, HomePair, HomePulse, HomeSessions, HomeShared, How, Item, PrivatePulse, PulseFrame,
    SharedPulse, Started, Welcome,
};
use crate::core::id::{MessageKey, MessageName, PairId, PersonId, ProgramId, ProposalId, PulseId, QuestionId};
use crate::core::question::{Indicator, Role};
use crate::core::scoring::digest::{
    CommentRef, Digest, DigestPage, IndicatorLine, MeanChange, NeverMet, Rate, SharedComment, Shown, Silent,
};
use crate::core::session::{Proposal, ProposalState};

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
        told: vec!["Mia Chen".to_owned()],
        weekly: 3,
        threshold: 5,
        said: None,
    }
}

pub fn how() -> How {
    How { program_name: "Engineering".to_owned(), coordinators: vec!["Mia Chen".to_owned()], threshold: 5 }
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
            proposal: Some(proposal(ProposalState::Open)),
            own_proposal: n.is_multiple_of(2),
            ask: unanswered(|_| false).collect(),
        },
    }
}

pub fn proposal(state: ProposalState) -> Proposal {
    let dates = vec![at(26, 8), at(27, 8), at(28, 13)];
    Proposal { id: ProposalId::from("d".repeat(32)), by: PersonId::from("T1:U1"), dates, state }
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
        pairs: (0..pairs).map(home_pair).collect(),
        coordinates: vec![],
        attention: Some((2, 3)),
    }
}

/// A digest in which as many pairs are named in every list.
pub fn digest(named: usize) -> DigestPage {
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
        rules: 1,
        program: program(),
        cutoff: at(25, 7),
        from: date(18),
        until: date(24),
        week: 9,
        weeks: Some(26),
        pairs: 48,
        answered: Rate { answered: 69, asked: 88 },
        answered_before: Some(Rate { answered: 70, asked: 86 }),
        indicators: shown.map(|(indicator, shown)| IndicatorLine { indicator, shown }).into(),
        silent: (0..named).map(|n| Silent { pair: pair(n), roles: roles[n % 3].clone() }).collect(),
        never_met: (0..named).map(|n| NeverMet { pair: pair(n), days: 12 }).collect(),
        met: 31,
        comments: (0..named)
            .map(|n| CommentRef { pulse: pulse(n), person: ana.clone(), question: QuestionId::from("comm-openness") })
            .collect(),
        declined: if named > 0 { vec![ana.clone()] } else { vec![] },
    };
    DigestPage {
        digest,
        program_name: "Engineering".to_owned(),
        pairs: (0..named).map(|n| (pair(n), (format!("Ravi {n}"), format!("Ana {n}")))).collect(),
        people: BTreeMap::from([(ana, "Lee".to_owned())]),
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
