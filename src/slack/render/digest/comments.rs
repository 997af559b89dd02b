//! Comments that people shared with the coordinators, as many as fit.

use crate::core::scoring::digest::{DigestPage, SharedComment};
use crate::slack::render::block::Blocks;
use crate::slack::render::text::{len, line, name, one_line, plain_name, quote};

/// Comments are shown as long as they fit into this many blocks and characters.
const COMMENT_BLOCKS: usize = 20;
const COMMENT_CHARACTERS: usize = 10_000;

/// The longest piece of a quotation.
const PIECE: usize = 2_900;

/// As blocks, of which `below` must stay free.
pub fn comments(page: &DigestPage, blocks: &mut Blocks<'_>, below: usize) {
    if page.comments.is_empty() || blocks.left() <= below + 1 {
        return;
    }
    blocks.section("*COMMENTS SHARED WITH YOU*");
    // One block is kept for how many there are besides.
    let room = blocks.left().saturating_sub(below + 1);
    let (mut room, mut characters) = (COMMENT_BLOCKS.min(room), COMMENT_CHARACTERS);
    for (n, comment) in page.comments.iter().enumerate() {
        let pieces = quote(&comment.words, 2, PIECE);
        let size: usize = pieces.iter().map(|piece| len(piece)).sum::<usize>() + 400;
        if pieces.len() + 1 > room || size > characters {
            blocks.context(&format!("… and {} more", page.comments.len() - n));
            return;
        }
        (room, characters) = (room - pieces.len() - 1, characters - size);
        blocks.section(&format!("*{}*{}", name(&comment.name), attribution(page, comment, |text| line(text, 300))));
        for piece in pieces {
            blocks.section(&piece);
        }
    }
}

/// One after the other, for a terminal.
pub fn comment_lines(page: &DigestPage) -> Vec<String> {
    let lines = page.comments.iter().map(|comment| {
        let about = attribution(page, comment, one_line);
        format!("{}{about}\n  {}", plain_name(&comment.name), one_line(&comment.words))
    });
    lines.collect()
}

/// `, paired with Ravi, on “I was heard.”: Mostly`, behind the writer's name.
fn attribution(page: &DigestPage, comment: &SharedComment, show: impl Fn(&str) -> String) -> String {
    let partner = page.pairs.get(&comment.pair).map(|(mentor, mentee)| {
        let partner = if *mentee == comment.name { mentor } else { mentee };
        format!(", paired with {}", show(&plain_name(partner)))
    });
    format!("{}, on “{}”: {}", partner.unwrap_or_default(), show(&comment.question), show(&comment.label))
}
