//! Weekly blocks of named answers: for each indicator, what a reader who may not see names may know of one week.
//!
//! An answer is in one block only, so that weeks cannot be told apart by taking one from another, and everything that is
//! shown of a longer time is computed from stored blocks. Within a block nothing overlaps but the whole: either groups are
//! published, or mentors and mentees, never both, because fields of a table can be bounded from its edges.
//!
//! Readers are not among the people of a block: coordinators' own pairs are in none. Before members are shown one, every
//! sum must leave doubt beside their own answers too, as batches do.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::audit;
use super::suppression::{Sum, Thresholds};
use crate::core::id::PersonId;
use crate::core::question::{Indicator, Role};

/// A group of pairs by its name; `None` is everybody without one, or with several.
pub type Group = Option<String>;

/// One named answer of the week.
#[derive(Clone, Debug, PartialEq)]
pub struct Said {
    pub person: PersonId,
    pub role: Role,
    /// The same in all answers of a person.
    pub group: Group,
    /// 1 to 5, already turned the right way round.
    pub points: u8,
    pub given: DateTime<Utc>,
}

/// What was published of one indicator and week. Stored whole; nothing recomputes it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Block {
    pub indicator: Indicator,
    /// It holds what closed before this, and after the cut-off of the block before it.
    pub cutoff: DateTime<Utc>,
    pub rows: Vec<BlockRow>,
    /// Groups of too few people.
    pub small: Vec<Group>,
    /// Groups withheld beside them, so that those cannot be worked out.
    pub beside: Vec<Group>,
}

/// One published sum.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BlockRow {
    pub of: Cell,
    pub people: u32,
    pub answers: u32,
    /// The sum of the answers, 1 to 5 each.
    pub points: u32,
    /// How far people are from each other. Stored for the comparison of windows, shown nowhere.
    pub spread: Spread,
}

/// Whose answers a row sums up.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cell {
    Programme,
    Side(Role),
    Group(Group),
}

/// Sums over people of their own means in hundredths, and of the squares of those.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Spread {
    pub means: u64,
    pub squares: u64,
}

/// The block of one indicator and week; `None` where nobody said anything.
pub fn block(indicator: Indicator, said: &[Said], thresholds: &Thresholds, cutoff: DateTime<Utc>) -> Option<Block> {
    let oldest = said.iter().map(|one| one.given).min()?;
    let k = thresholds.since(oldest);
    let sorted = sort_groups(said, k);
    let rows = rows(said, &sorted, k);
    Some(Block { indicator, cutoff, rows, small: sorted.small, beside: sorted.beside })
}

/// Which groups can be published, by their numbers of people alone.
#[derive(Debug, Default, PartialEq)]
struct Sorted {
    open: Vec<Group>,
    small: Vec<Group>,
    beside: Vec<Group>,
}

fn sort_groups(said: &[Said], k: usize) -> Sorted {
    let mut people: BTreeMap<&Group, BTreeSet<&PersonId>> = BTreeMap::new();
    for one in said {
        people.entry(&one.group).or_default().insert(&one.person);
    }
    let mut by_size: Vec<(usize, &Group)> = people.into_iter().map(|(group, people)| (people.len(), group)).collect();
    by_size.sort();
    let (small, mut open): (Vec<_>, Vec<_>) = by_size.into_iter().partition(|(people, _)| *people < k);
    let mut in_rest: usize = small.iter().map(|(people, _)| people).sum();
    let mut beside = Vec::new();
    while in_rest > 0 && in_rest < k && !open.is_empty() {
        let (people, group) = open.remove(0);
        in_rest += people;
        beside.push(group.clone());
    }
    let names = |groups: Vec<(usize, &Group)>| groups.into_iter().map(|(_, group)| group.clone()).collect();
    Sorted { open: names(open), small: names(small), beside }
}

/// What is published. Which sums are considered depends on numbers of people alone; one of them without doubt takes all
/// but the whole along, so that what is missing does not tell which it was.
fn rows(said: &[Said], sorted: &Sorted, k: usize) -> Vec<BlockRow> {
    let enough = |row: &BlockRow| row.people as usize >= k;
    let Some(whole) = row(said, Cell::Programme).filter(enough) else { return Vec::new() };
    let has_groups = sorted.open.len() + sorted.small.len() + sorted.beside.len() > 1;
    let parts: Vec<Cell> = if has_groups && !sorted.open.is_empty() {
        sorted.open.iter().cloned().map(Cell::Group).collect()
    } else {
        Role::ALL.map(Cell::Side).into()
    };
    let parts: Vec<BlockRow> = parts.into_iter().map(|part| row(said, part)).collect::<Option<_>>().unwrap_or_default();
    let known = |of: fn(&BlockRow) -> u32| parts.iter().map(of).sum::<u32>();
    // What is in no part is known as the difference.
    let rest =
        Sum { answers: whole.answers - known(|row| row.answers), points: whole.points - known(|row| row.points) };
    let is_open = (rest.answers == 0 || rest.leaves_doubt()) && parts.iter().all(|row| row.sum().leaves_doubt());
    let rows: Vec<BlockRow> = std::iter::once(whole.clone()).chain(parts.clone()).collect();
    if is_open && parts.iter().all(enough) && !isolates(said, &rows, k) {
        return rows;
    }
    if whole.sum().leaves_doubt() { vec![whole] } else { Vec::new() }
}

/// The last guard, whatever the rules above say.
fn isolates(said: &[Said], rows: &[BlockRow], k: usize) -> bool {
    let mut cells: BTreeMap<(Role, &Group), BTreeSet<&PersonId>> = BTreeMap::new();
    for one in said {
        cells.entry((one.role, &one.group)).or_default().insert(&one.person);
    }
    let in_row = |row: &BlockRow| {
        cells.keys().map(|(role, group)| i128::from(row.of.holds(*role, group))).collect::<Vec<i128>>()
    };
    let rows: Vec<Vec<i128>> = rows.iter().map(in_row).collect();
    let people: Vec<BTreeSet<&PersonId>> = cells.into_values().collect();
    audit::isolates(&rows, &people, k)
}

impl Cell {
    fn holds(&self, role: Role, group: &Group) -> bool {
        match self {
            Self::Programme => true,
            Self::Side(side) => *side == role,
            Self::Group(own) => own == group,
        }
    }
}

impl BlockRow {
    fn sum(&self) -> Sum {
        Sum { answers: self.answers, points: self.points }
    }
}

fn row(said: &[Said], of: Cell) -> Option<BlockRow> {
    let mut people: BTreeMap<&PersonId, Sum> = BTreeMap::new();
    for one in said.iter().filter(|one| of.holds(one.role, &one.group)) {
        let own = people.entry(&one.person).or_default();
        own.answers += 1;
        own.points += u32::from(one.points);
    }
    let count = u32::try_from(people.len()).ok().filter(|count| *count > 0)?;
    let mut row = BlockRow { of, people: count, answers: 0, points: 0, spread: Spread::default() };
    for own in people.values() {
        let mean = u64::from((200 * own.points + own.answers) / (2 * own.answers));
        row.answers += own.answers;
        row.points += own.points;
        row.spread.means += mean;
        row.spread.squares += mean * mean;
    }
    Some(row)
}

#[cfg(test)]
pub(in crate::core::scoring) mod tests;
