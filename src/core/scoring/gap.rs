//! Whether two people see their relationship differently: a hint to talk, never a state, and nothing in Health.

/// Days within which paired items are looked at.
const WINDOW_DAYS: u32 = 56;

/// The newest paired items that are looked at, and how few say nothing.
const NEWEST: usize = 4;
const FEWEST: usize = 3;

/// Points of 1 to 5 by which two answers differ visibly, and how many must differ the same way.
const APART: i8 = 2;
const SAME_WAY: usize = 3;

/// Weeks after which a pair may be named again.
pub const QUIET_WEEKS: u32 = 8;

/// One item that both sides were asked in the same pulse and both answered with a counted answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Paired {
    /// Days since the pulse closed.
    pub age: u32,
    /// 1 to 5.
    pub mentee: u8,
    /// 1 to 5.
    pub mentor: u8,
}

/// Whether three or more of the newest four paired items differ by two points or more in the same direction.
///
/// Items may come in any order; of items of one age those that come first count as newer.
pub fn sees_differently(items: &[Paired]) -> bool {
    let mut newest: Vec<&Paired> = items.iter().filter(|item| item.age < WINDOW_DAYS).collect();
    newest.sort_by_key(|item| item.age);
    newest.truncate(NEWEST);
    let apart = |item: &&&Paired| (item.mentee.min(5) as i8) - (item.mentor.min(5) as i8);
    let lower = newest.iter().filter(|item| apart(item) <= -APART).count();
    let higher = newest.iter().filter(|item| apart(item) >= APART).count();
    newest.len() >= FEWEST && lower.max(higher) >= SAME_WAY
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `24 44` is the newest item, with 2 of the mentee and 4 of the mentor, and the one a week before it.
    fn check(items: &str, expected: bool) {
        let items: Vec<Paired> = items
            .split_whitespace()
            .zip(0..)
            .map(|(pair, week)| {
                let value = |at: usize| pair.as_bytes()[at] - b'0';
                Paired { age: week * 7, mentee: value(0), mentor: value(1) }
            })
            .collect();
        assert_eq!(sees_differently(&items), expected, "{items:?}");
    }

    #[test]
    fn three_of_the_newest_four_in_the_same_direction() {
        check("", false);
        check("15 15", false);
        check("15 15 15", true);
        check("24 24 24 44", true);
        check("42 42 44 42", true);
        check("24 24 44 44", false);
        check("24 24 42 44", false);
        check("34 34 34 34", false);
        check("44 44 24 24 24", false);
        check("44 24 24 24 44", true);
    }

    #[test]
    fn items_of_more_than_eight_weeks_ago_say_nothing() {
        let item = |age| Paired { age, mentee: 1, mentor: 5 };
        assert!(sees_differently(&[item(0), item(20), item(55)]));
        assert!(!sees_differently(&[item(0), item(20), item(56)]));
    }
}
