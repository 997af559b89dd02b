//! A word to a coordinator that does not wait for the digest. Names stand in the blocks; the lock screen shows none.

use crate::core::content::Note;
use crate::core::id::MessageKey;
use crate::core::question::Role;

use super::Rendered;
use super::block::Blocks;
use super::text::{line, listed, name, quote};

/// The longest piece of a quotation.
const PIECE: usize = 2_900;

/// The note.
pub fn note(note: &Note, key: &MessageKey, revision: i64) -> Rendered {
    let mut blocks = Blocks::message(key, revision);
    let text = match note {
        Note::Declined { program_name, name: who, user, role, partners } => {
            let (program, person) = (name(program_name), person(who, user));
            let (role, partner) = match role {
                Role::Mentee => ("mentee", "mentor"),
                Role::Mentor => ("mentor", "mentee"),
            };
            let names: Vec<String> = partners.iter().map(|partner| name(partner)).collect();
            blocks.section(&format!("{person}, {role} in {program}, pressed *Not for me*. Nothing is asked of them."));
            match names.as_slice() {
                [] => {}
                [one] => blocks.section(&format!("Their {partner}, {one}, has not been told.")),
                many => {
                    blocks.section(&format!("Their {partner}s have not been told: {}.", listed(many, ", ", 20, 2_000)))
                }
            }
            blocks.context("There can be many reasons. They can still press Start on the welcome.");
            format!("Somebody in {program} does not wish to take part.")
        }
        Note::Back { program_name, name: who, user, role } => {
            let (program, person) = (name(program_name), person(who, user));
            let again = "had pressed *Not for me*, and has pressed *Start* since: they take part again.";
            blocks.section(&format!("{person}, {role} in {program}, {again}"));
            format!("Somebody in {program} takes part again.")
        }
        Note::Help { program_name, name: who, user, partner, words } => {
            let (program, partner) = (name(program_name), name(partner));
            blocks.section(&format!("{} asks for help with {partner} in {program}.", person(who, user)));
            for piece in quote(words, 2, PIECE) {
                blocks.section(&piece);
            }
            blocks.context(&format!(
                "They were told that they hear from a person within one working day, and that {partner} is not told."
            ));
            format!("Somebody in {program} asks for help.")
        }
        Note::Reply { program_name, name: who, user, partner, words } => {
            let (program, partner) = (name(program_name), name(partner));
            blocks.section(&format!(
                "{} answers what you asked about the pair with {partner} in {program}.",
                person(who, user)
            ));
            for piece in quote(words, 2, PIECE) {
                blocks.section(&piece);
            }
            blocks.context(&format!("They were told that nobody but you reads this, and that {partner} is not told."));
            format!("Somebody in {program} answers what you asked.")
        }
        Note::Unreachable { program_name, pair_name, why } => {
            let program = name(program_name);
            blocks.section(&format!("{} in {program} cannot be reached: {}", line(pair_name, 130), line(why, 600)));
            blocks.context("Nothing is asked of this pair until it can be reached again.");
            format!("A pair in {program} cannot be reached.")
        }
    };
    Rendered::post(key, text, blocks)
}

/// A name, and the mention that opens the profile.
fn person(who: &str, user: &str) -> String {
    let id = !user.is_empty() && user.len() <= 32 && user.bytes().all(|b| b.is_ascii_alphanumeric());
    if id { format!("*{}* (<@{user}>)", name(who)) } else { format!("*{}*", name(who)) }
}
