//! Slips of the keyboard: which known word somebody may have meant.

/// The known word that is the fewest slips of the keyboard away, if it is near enough.
pub fn nearest<'k>(word: &str, known: impl Iterator<Item = &'k str>) -> Option<&'k str> {
    let word = word.to_lowercase();
    let slips = known.map(|known| (slips(&word, &known.to_lowercase()), known));
    slips.min().filter(|(slips, known)| *slips <= 1 + known.len() / 4).map(|(_, known)| known)
}

/// Letters to add, drop or change to get from one word to the other (Levenshtein's distance).
fn slips(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (i, a) in one.chars().take(100).enumerate() {
        let mut diagonal = std::mem::replace(&mut row[0], i + 1);
        for (j, b) in other.iter().enumerate() {
            let changed = diagonal + usize::from(a != *b);
            diagonal = row[j + 1];
            row[j + 1] = changed.min(diagonal + 1).min(row[j] + 1);
        }
    }
    row[other.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_near_and_another_word_is_not() {
        let known = ["SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "PORT"];
        let meant = |word| nearest(word, known.into_iter());
        assert_eq!(meant("SLACK_BOT_TOKN"), Some("SLACK_BOT_TOKEN"));
        assert_eq!(meant("slack-app-token"), Some("SLACK_APP_TOKEN"));
        assert_eq!(meant("PROT"), Some("PORT"));
        assert_eq!(meant("SLACK_WEBHOOK_URL"), None);
        assert_eq!(meant(""), None);
    }
}
