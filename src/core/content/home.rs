//! What App Home shows: one page for whatever somebody is in the programmes, mentee, mentor or coordinator.

use chrono::{DateTime, NaiveDate, Utc};

use super::agreement::HomeAgreement;
use super::care::{LookShown, PauseShown};
use super::record::HomeRecord;
use super::survey::SurveyRow;
use super::thanks::WaitingThanks;
use super::{HelpReceipt, HomeFormer, HomeRest, Item, PairGoals, PulseFrame, SessionItem, Started};
use crate::core::answer::Audience;
use crate::core::fit::FitState;
use crate::core::id::{PairId, ProgramId};
use crate::core::nudge::Kind;
use crate::core::question::Role;
use crate::core::session::Proposal;

/// App Home of one person.
#[derive(Clone, Debug, PartialEq)]
pub struct Home {
    /// Pulses that can be answered, soonest closing first.
    pub open: Vec<HomePulse>,
    /// Closed pulses with the person's own answers, newest first, at most 10.
    pub past: Vec<HomePulse>,
    /// What partners chose to share, once its pulse is closed, newest first, at most 4 of each pair and 12 of all.
    pub shared: Vec<HomeShared>,
    /// How many answers they shared besides.
    pub shared_besides: u32,
    /// Programmes the person takes part in, with own role, partner and standing.
    pub pairs: Vec<HomePair>,
    /// Own requests for help of the last weeks, newest first, at most 3.
    pub help: Vec<HelpReceipt>,
    /// Pairs that have ended, newest first, at most 5.
    pub former: Vec<HomeFormer>,
    /// Goals of the person's pairs: of each in which the person is the mentee, and of each other that has open ones.
    pub goals: Vec<PairGoals>,
    /// Surveys that can be answered, soonest closing first, at most 20.
    pub surveys: Vec<SurveyRow>,
    /// Agreements of the person's pairs, the newest first, at most 6.
    pub agreements: Vec<HomeAgreement>,
    /// Thanks of the person's own that can still be taken back, at most 5.
    pub thanks: Vec<WaitingThanks>,
    /// The person's own record, and those that mentees share.
    pub record: HomeRecord,
    /// Programmes the person coordinates.
    pub coordinates: Vec<String>,
    /// What the person's week has cost. `None` for strangers.
    pub attention: Option<HomeAttention>,
    /// The person's own time; `None` for who is in no pair.
    pub rest: Option<HomeRest>,
    /// Coordinators who looked at named answers of the person's pairs, newest first, at most 10.
    pub looks: Vec<LookShown>,
}

/// The person's own week of messages, and what the person chose for all weeks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HomeAttention {
    /// Messages that the bot has started in this week, or will, and the nudges among them.
    pub used: u32,
    pub nudges: u32,
    /// How many it may start, and how many it might if the person allowed as many as the person's programmes do.
    pub weekly: u8,
    pub most: u8,
    /// Kinds of nudge that do not come any more; `None` among them: none comes.
    pub stopped: Vec<Option<Kind>>,
}

/// A pair on its member's Home.
#[derive(Clone, Debug, PartialEq)]
pub struct HomePair {
    pub pair: PairId,
    pub program: ProgramId,
    pub program_name: String,
    pub role: Role,
    pub partner: String,
    pub said: Option<Started>,
    pub sessions: HomeSessions,
    /// Nothing is asked until then.
    pub paused: Option<PauseShown>,
    /// What the reader said of the pairing.
    pub fit: FitState,
}

/// What the two of a pair both know of their sessions, and what the reader alone may still say to the last one.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct HomeSessions {
    /// The last one that was logged, and how long it was.
    pub last: Option<(NaiveDate, Option<u16>)>,
    /// When one of the two last said in a pulse that they had met: in a closed one, or the reader's own word.
    pub said_met: Option<NaiveDate>,
    /// Dates that wait for somebody's tap, or are set.
    pub proposal: Option<Proposal>,
    /// The reader suggested them.
    pub own_proposal: bool,
    /// Questions about the last session that the reader has not answered.
    pub ask: Vec<SessionItem>,
}

/// An answer that a partner shared with the reader.
#[derive(Clone, Debug, PartialEq)]
pub struct HomeShared {
    pub partner: String,
    /// The question as the partner read it, and the label of the answer.
    pub text: String,
    pub label: String,
    pub comment: Option<String>,
    pub closed: DateTime<Utc>,
}

/// A pulse on its reader's Home.
#[derive(Clone, Debug, PartialEq)]
pub struct HomePulse {
    pub frame: PulseFrame,
    pub partner: String,
    pub skipped: bool,
    pub items: Vec<HomeItem>,
}

/// A question on Home with the reader's own answer.
#[derive(Clone, Debug, PartialEq)]
pub struct HomeItem {
    pub item: Item,
    pub answer: Option<HomeAnswer>,
}

/// The reader's own answer.
#[derive(Clone, Debug, PartialEq)]
pub struct HomeAnswer {
    pub value: u8,
    pub audience: Audience,
    /// The reader's own words.
    pub comment: Option<String>,
}
