//! Who takes part: the pairs with their temper, and the coordinators, invented or from the newcomer's own list.

use std::collections::BTreeMap;

use chrono_tz::Tz;
use serde::Serialize;

use super::draw::Draw;
use super::names::{FIRST, LAST, ZONES};
use super::temper::Temper;

/// Somebody before they join the workspace.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// First and last name; no two members of an invented company have the same first name.
    pub name: String,
    /// In lower case. It names the person in all draws.
    pub email: String,
    /// The Slack id, where the newcomer's list has one.
    pub id: Option<String>,
    pub zone: Tz,
    pub welcomed: Welcomed,
}

/// What somebody does when they are welcomed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Welcomed {
    Starts,
    /// Presses nothing.
    Waits,
    /// Presses `Not for me`.
    Declines,
}

/// The two sides of a pair.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    Mentee,
    Mentor,
}

/// Two people who were matched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CastPair {
    pub mentor: Member,
    pub mentee: Member,
    pub temper: Temper,
}

/// Everybody who takes part in the programme.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Company {
    pub pairs: Vec<CastPair>,
    /// Two; the second is also a mentor, where there is one.
    pub coordinators: Vec<Member>,
}

/// Tempers and zones (mentor's, mentee's) of the invented pairs, again from the start after the last. The first three
/// have the same mentor. Pairs 12, 13 and 23 have no working hour in common.
const PATTERN: [(Temper, &str, &str); 24] = [
    (Temper::Healthy, "Europe/Berlin", "Europe/Berlin"),
    (Temper::Drifting, "Europe/Berlin", "Europe/Lisbon"),
    (Temper::Healthy, "Europe/Berlin", "Africa/Nairobi"),
    (Temper::Healthy, "Asia/Kolkata", "Europe/Berlin"),
    (Temper::OneSided, "Europe/London", "Asia/Kolkata"),
    (Temper::Healthy, "Europe/London", "Europe/London"),
    (Temper::NeverMet, "America/New_York", "Europe/Lisbon"),
    (Temper::Healthy, "America/New_York", "America/Sao_Paulo"),
    (Temper::Silent, "Europe/Berlin", "Europe/London"),
    (Temper::Drifting, "Asia/Kathmandu", "Africa/Nairobi"),
    (Temper::Healthy, "America/Los_Angeles", "America/New_York"),
    (Temper::Healthy, "Asia/Tokyo", "Asia/Tokyo"),
    (Temper::Healthy, "America/Los_Angeles", "Asia/Kolkata"),
    (Temper::OneSided, "Asia/Tokyo", "Europe/Lisbon"),
    (Temper::NeverMet, "Africa/Nairobi", "Europe/Berlin"),
    (Temper::Healthy, "Europe/Lisbon", "Europe/Lisbon"),
    (Temper::Drifting, "Asia/Kolkata", "Asia/Kathmandu"),
    (Temper::Silent, "America/New_York", "America/New_York"),
    (Temper::Healthy, "Europe/London", "Africa/Nairobi"),
    (Temper::Healthy, "America/Sao_Paulo", "America/New_York"),
    (Temper::NeverMet, "Europe/Berlin", "Asia/Kathmandu"),
    (Temper::OneSided, "America/Sao_Paulo", "America/Sao_Paulo"),
    (Temper::Silent, "Asia/Kolkata", "Asia/Kolkata"),
    (Temper::Drifting, "Asia/Tokyo", "America/Sao_Paulo"),
];

/// The pair whose mentee presses `Not for me`, and the one whose mentor is a coordinator.
const DECLINES: usize = 20;
const COORDINATES: usize = 5;

impl Company {
    /// So many invented pairs; the model was made for 24.
    pub fn invented(seed: u64, pairs: usize) -> Self {
        let draw = Draw::from_seed(seed).of("company");
        let mut names = Names::new(&draw);
        let mut cast: Vec<CastPair> = Vec::with_capacity(pairs);
        for n in 0..pairs {
            let (temper, mentor, mentee) = PATTERN[n % PATTERN.len()];
            let mentor = match (n % PATTERN.len(), cast.last()) {
                (1 | 2, Some(before)) => before.mentor.clone(),
                _ => names.member(&draw, zone(mentor)),
            };
            let mut mentee = names.member(&draw, zone(mentee));
            if n % PATTERN.len() == DECLINES {
                mentee.welcomed = Welcomed::Declines;
            }
            cast.push(CastPair { mentor, mentee, temper });
        }
        Self::coordinated(cast, names, &draw)
    }

    /// The pairs of the newcomer's own list, (mentor, mentee) in e-mail addresses or Slack ids. Zones and tempers are
    /// spread over them; people get the name that their address suggests.
    pub fn of_roster(seed: u64, rows: &[(String, String)]) -> Self {
        let draw = Draw::from_seed(seed).of("roster");
        let mut names = Names::new(&draw);
        let mut known: BTreeMap<String, Member> = BTreeMap::new();
        let mut who = |key: &str| {
            let key = key.trim();
            let lower = key.to_lowercase();
            let home: &str = draw.of("zone").of(&lower).pick::<&str>(&ZONES);
            let zone = zone(home);
            known
                .entry(lower.clone())
                .or_insert_with(|| match key.split_once('@') {
                    Some((local, _)) => {
                        let name = spoken(local);
                        let welcomed = welcomed(&draw, &lower);
                        Member { name, email: lower, id: None, zone, welcomed }
                    }
                    None => Member { id: Some(key.to_uppercase()), ..names.member(&draw, zone) },
                })
                .clone()
        };
        let mut cast = Vec::with_capacity(rows.len());
        for (n, (mentor, mentee)) in rows.iter().enumerate() {
            let (temper, ..) = PATTERN[n % PATTERN.len()];
            cast.push(CastPair { mentor: who(mentor), mentee: who(mentee), temper });
        }
        // In a list of some length somebody declines, as in life: in all rows in which they stand as a mentee.
        if let Some(email) = cast.get(DECLINES.min(cast.len() / 2 + 3)).map(|pair| pair.mentee.email.clone()) {
            for pair in cast.iter_mut().filter(|pair| pair.mentee.email == email) {
                pair.mentee.welcomed = Welcomed::Declines;
            }
        }
        Self::coordinated(cast, names, &draw)
    }

    fn coordinated(pairs: Vec<CastPair>, mut names: Names, draw: &Draw) -> Self {
        let mut coordinators = vec![names.member(draw, Tz::Europe__Berlin)];
        let second = pairs.get(COORDINATES).or_else(|| pairs.last());
        coordinators.extend(second.map(|pair| pair.mentor.clone()));
        for coordinator in &mut coordinators {
            coordinator.welcomed = Welcomed::Starts;
        }
        let mut company = Self { pairs, coordinators };
        if let Some(second) = company.coordinators.get(1).cloned() {
            for pair in company.pairs.iter_mut().filter(|pair| pair.mentor.email == second.email) {
                pair.mentor = second.clone();
            }
        }
        company
    }

    /// Everybody once: mentors and mentees in the order of the pairs, then who only coordinates.
    pub fn members(&self) -> Vec<&Member> {
        let mut seen = std::collections::BTreeSet::new();
        let paired = self.pairs.iter().flat_map(|pair| [&pair.mentor, &pair.mentee]);
        paired.chain(&self.coordinators).filter(|member| seen.insert(member.email.as_str())).collect()
    }

    /// With whom somebody is matched, in words: `with Ana, Ravi`; empty for nobody.
    pub fn partners(&self, member: &Member) -> String {
        let of = |pair: &CastPair| match &member.email {
            email if *email == pair.mentor.email => Some(pair.mentee.name.clone()),
            email if *email == pair.mentee.email => Some(pair.mentor.name.clone()),
            _ => None,
        };
        let names: Vec<String> = self.pairs.iter().filter_map(of).collect();
        let firsts = || names.iter().filter_map(|name| name.split(' ').next()).collect::<Vec<_>>().join(", ");
        match names.as_slice() {
            [] => String::new(),
            [one] => format!("with {one}"),
            _ => format!("with {}", firsts()),
        }
    }

    /// What somebody is, for the page: `mentor`, `mentee`, `coordinator`, in this order.
    pub fn roles(&self, member: &Member) -> Vec<&'static str> {
        let mut roles = Vec::new();
        if self.pairs.iter().any(|pair| pair.mentor.email == member.email) {
            roles.push("mentor");
        }
        if self.pairs.iter().any(|pair| pair.mentee.email == member.email) {
            roles.push("mentee");
        }
        if self.coordinators.iter().any(|coordinator| coordinator.email == member.email) {
            roles.push("coordinator");
        }
        roles
    }
}

/// Names that were not given away yet.
struct Names {
    first: Vec<&'static str>,
    last: Vec<&'static str>,
    given: usize,
}

impl Names {
    fn new(draw: &Draw) -> Self {
        let (first, last) = (draw.of("first").shuffled(FIRST.into()), draw.of("last").shuffled(LAST.into()));
        Self { first, last, given: 0 }
    }

    fn member(&mut self, draw: &Draw, zone: Tz) -> Member {
        let (n, round) = (self.given, self.given / self.first.len());
        self.given += 1;
        // Beyond the list the same first name comes again with another number, so that no two addresses are the same.
        let number = if round == 0 { String::new() } else { format!(" {}", round + 1) };
        let name =
            format!("{} {}{number}", self.first[n % self.first.len()], self.last[(n + 7 * round) % self.last.len()]);
        let email = format!("{}@acme.example", name.to_lowercase().replace(' ', "."));
        let welcomed = welcomed(draw, &email);
        Member { name, email, id: None, zone, welcomed }
    }
}

fn welcomed(draw: &Draw, email: &str) -> Welcomed {
    if draw.of("welcomed").of(email).chance(1.0 / 9.0) { Welcomed::Waits } else { Welcomed::Starts }
}

fn zone(name: &str) -> Tz {
    name.parse().expect("the zones named in this program exist")
}

/// `ana.lopez` as `Ana Lopez`.
fn spoken(local: &str) -> String {
    let words = local.split(['.', '_', '-', '+']).filter(|word| !word.is_empty());
    let capital = |word: &str| {
        let mut letters = word.chars();
        letters.next().map(|first| first.to_uppercase().chain(letters).collect::<String>()).unwrap_or_default()
    };
    let name = words.map(capital).collect::<Vec<_>>().join(" ");
    if name.is_empty() { "Somebody".to_owned() } else { name }
}
