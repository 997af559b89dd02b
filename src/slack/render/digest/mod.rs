//! The weekly digest, as blocks and as text for a terminal. Both show the same [`parts`](parts::parts).

mod parts;

use crate::core::id::MessageKey;
use crate::core::scoring::digest::{DigestPage, SharedComment};

use super::Rendered;
use super::block::Blocks;
use super::text::{len, line, name, one_line, plain_name, quote, safe};

use parts::Part;

/// Comments are shown as long as they fit into this many blocks and characters.
const COMMENT_BLOCKS: usize = 30;
const COMMENT_CHARACTERS: usize = 10_000;

/// Blocks below the comments: how many there are besides, what is not shown, the data note.
const BELOW: usize = 4;

/// The longest piece of a quotation.
const PIECE: usize = 2_900;

/// The digest as a message.
pub fn digest(page: &DigestPage, key: &MessageKey, revision: i64) -> Rendered {
    let mut blocks = Blocks::message(key, revision);
    blocks.header(&parts::title(page, &plain_name(&page.program_name)));
    blocks.section(&safe(&parts::summary(page)));
    for Part { heading, lines } in parts::parts(page) {
        blocks.section(&format!("*{heading}*\n{}", safe(&lines.join("\n"))));
    }
    comments(page, &mut blocks);
    blocks.section(&format!("*NOT SHOWN*\n{}", safe(&parts::not_shown(page).join("\n"))));
    blocks.context(&safe(&parts::data_note(page)));
    let text = format!("{}. {}", parts::title(page, &name(&page.program_name)), parts::summary(page));
    Rendered::post(key, text, blocks)
}

fn comments(page: &DigestPage, blocks: &mut Blocks<'_>) {
    if page.comments.is_empty() {
        return;
    }
    blocks.section("*COMMENTS SHARED WITH YOU*");
    let (mut room, mut characters) = (COMMENT_BLOCKS.min(blocks.left().saturating_sub(BELOW)), COMMENT_CHARACTERS);
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

/// `, paired with Ravi, on “I was heard.”: Mostly`, behind the writer's name.
fn attribution(page: &DigestPage, comment: &SharedComment, show: impl Fn(&str) -> String) -> String {
    let partner = page.pairs.get(&comment.pair).map(|(mentor, mentee)| {
        let partner = if *mentee == comment.name { mentor } else { mentee };
        format!(", paired with {}", show(&plain_name(partner)))
    });
    format!("{}, on “{}”: {}", partner.unwrap_or_default(), show(&comment.question), show(&comment.label))
}

/// The digest for a terminal; nothing is cut but the long lists.
pub fn digest_text(page: &DigestPage) -> String {
    let mut out = vec![parts::title(page, &plain_name(&page.program_name)), parts::summary(page)];
    let section =
        |heading: &str, lines: &[String]| format!("\n{heading}\n  {}", lines.join("\n").replace('\n', "\n  "));
    out.extend(parts::parts(page).iter().map(|part| section(part.heading, &part.lines)));
    if !page.comments.is_empty() {
        let lines: Vec<String> = page
            .comments
            .iter()
            .map(|comment| {
                let about = attribution(page, comment, one_line);
                format!("{}{about}\n  {}", plain_name(&comment.name), one_line(&comment.words))
            })
            .collect();
        out.push(section("COMMENTS SHARED WITH YOU", &lines));
    }
    out.push(section("NOT SHOWN", &parts::not_shown(page)));
    out.push(format!("\n{}", parts::data_note(page)));
    out.join("\n")
}
