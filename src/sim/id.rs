//! Slack's ids, derived from what they name, so that the same world has the same ids in every run.

use uuid::Uuid;

/// An id such as `U7KQ2M0ZP4X`: `prefix` and ten letters and digits that follow from `name`.
pub(super) fn derived(prefix: &str, name: &str) -> String {
    const DIGITS: &[u8; 36] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    let mut rest = Uuid::new_v5(&Uuid::NAMESPACE_OID, format!("{prefix}/{name}").as_bytes()).as_u128();
    let mut id = prefix.to_owned();
    for _ in 0..10 {
        id.push(char::from(DIGITS[(rest % 36) as usize]));
        rest /= 36;
    }
    id
}

/// The id of the conversation that exactly these people (and the bot) have. Group DMs that a bot opens begin with
/// `C` or `G` in the real Slack, so here half of them do either.
pub(super) fn conversation(members: &[String]) -> String {
    let name = members.join("+");
    let prefix = match (members.len(), name.bytes().map(u32::from).sum::<u32>() % 2) {
        (0..=2, _) => "D",
        (_, 0) => "C",
        _ => "G",
    };
    derived(prefix, &name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_name_gives_the_same_id_and_another_name_another() {
        assert_eq!(derived("U", "Ana"), derived("U", "Ana"));
        assert_ne!(derived("U", "Ana"), derived("U", "Ravi"));
        assert_eq!(derived("U", "Ana").len(), 11);
    }
}
