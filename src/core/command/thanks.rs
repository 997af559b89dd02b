//! `/rapport thanks`, `thanks Ravi`, `thanks with Ravi`: says thanks to the other of a pair.

use super::{Choice, Meant, chosen};
use crate::core::event::What;
use crate::core::refusal::Refusal;
use crate::core::thanks::ThanksAct;

/// Reads what stands behind `thanks`: nothing, or a name. The words themselves have a form, since a command stands in the
/// conversation for whoever looks over a shoulder.
pub fn understand(rest: &[&str], pairs: &[Choice]) -> Result<Meant, Refusal> {
    let leads = |word: &&&str| ["with", "to"].iter().any(|lead| word.eq_ignore_ascii_case(lead));
    let name = if rest.first().filter(leads).is_some() { &rest[1..] } else { rest };
    let name = name.join(" ").trim_start_matches('@').to_lowercase();
    let pair = chosen(pairs, Some(name.as_str()).filter(|name| !name.is_empty()))?;
    Ok(Meant::Act(What::Thanks(ThanksAct::Open { pair })))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_other_may_be_named() {
        let choice = |pair: &str, name: &str| Choice { pair: pair.into(), partner: name.to_owned() };
        let pairs = [choice("p1", "Ana Lopez"), choice("p2", "Mia Chen")];
        let pair = |text: &str, pairs: &[Choice]| {
            let words: Vec<&str> = text.split_whitespace().collect();
            match understand(&words, pairs) {
                Ok(Meant::Act(What::Thanks(ThanksAct::Open { pair }))) => pair.to_string(),
                other => format!("{other:?}"),
            }
        };
        assert_eq!(pair("", &pairs[..1]), "p1");
        assert_eq!(pair("mia", &pairs), "p2");
        assert_eq!(pair("to @Ana", &pairs), "p1");
        assert!(pair("", &pairs).contains("WhichPair"));
        assert!(pair("", &[]).contains("NoPair"));
    }
}
