//! The weekly digest, as blocks and as text for a terminal. Both show the same parts, one file for each.

mod before_scores;
mod chart;
mod comments;
mod last_week;
mod lines;
mod programme;
mod summary;
mod surveys;
mod totals;
mod watch;
mod words;

use crate::core::id::MessageKey;
use crate::core::scoring::digest::DigestPage;

use super::block::Blocks;
use super::text::{name, plain_name, safe};
use super::{Rendered, care};

pub use lines::short;
pub use watch::{Facts, facts, silent, unmet, watched};
use words::Part;

/// Blocks below the comments: what is not shown, the buttons, and the data note.
const BELOW: usize = 3;

/// The digest as a message.
pub fn digest(page: &DigestPage, key: &MessageKey, revision: i64) -> Rendered {
    let mut blocks = Blocks::message(key, revision);
    blocks.header(&summary::title(page, &plain_name(&page.program_name)));
    if let Some(quiet) = quiet(page) {
        blocks.section(&safe(&quiet));
        blocks.context(&safe(&summary::data_note(page)));
        return Rendered::post(key, text(page), blocks);
    }
    blocks.section(&safe(&summary::summary(page).join("\n")));
    if !page.digest.actions.is_empty() {
        blocks.section("*DO THIS WEEK*");
    }
    for (n, line) in (1..).zip(&page.digest.actions) {
        let lines::Line { who, says } = lines::line(page, line);
        blocks.section(&format!("{n}. *{}*{}", safe(&who), safe(&says)));
        care::beneath(line, page, &mut blocks);
    }
    for Part { heading, lines } in parts(page) {
        blocks.section(&format!("*{heading}*\n{}", safe(&lines.join("\n"))));
    }
    if page.charts {
        chart::charts(page).into_iter().for_each(|chart| blocks.chart(chart));
    }
    blocks.context(&safe(&chart::said(page).unwrap_or_default()));
    comments::comments(page, &mut blocks, BELOW);
    blocks.section(&format!("*NOT SHOWN*\n{}", safe(&not_shown(page).join("\n"))));
    care::foot(page, &mut blocks);
    blocks.context(&safe(&summary::data_note(page)));
    Rendered::post(key, text(page), blocks)
}

/// Whether there are weeks enough for a chart.
pub fn has_chart(page: &DigestPage) -> bool {
    !chart::charts(page).is_empty()
}

/// What a lock screen shows and a screen reader reads: everything but names, and what leads to one.
fn text(page: &DigestPage) -> String {
    let title = format!("{}.", summary::title(page, &name(&page.program_name)));
    let mut said = vec![title];
    if let Some(quiet) = quiet(page) {
        said.push(safe(&quiet));
        return said.join(" ");
    }
    said.push(safe(&summary::summary(page).join(" ")));
    let count = |n: usize, one: &str, many: &str| (n > 0).then(|| format!("{n} {}.", if n == 1 { one } else { many }));
    let digest = &page.digest;
    said.extend(count(digest.actions.len(), "thing to do this week", "things to do this week"));
    said.extend(count(
        digest.last_week.len(),
        "line of last week's list to look back at",
        "lines of last week's list to look back at",
    ));
    let public = [
        totals::indicators(&page.digest),
        totals::batches(&page.digest),
        surveys::surveys(&page.digest),
        programme::meetings(page),
        programme::nudges(page),
    ];
    said.extend(public.into_iter().flatten().map(|part| safe(&part.lines.join("; "))));
    said.extend(chart::said(page).map(|chart| safe(&chart)));
    said.extend(count(page.comments.len(), "comment shared with you", "comments shared with you"));
    said.push(safe(&summary::data_note(page)));
    said.join(" ")
}

/// What stands between the lines to act on and the charts.
fn parts(page: &DigestPage) -> Vec<Part> {
    if page.digest.states.is_none() {
        return before_scores::parts(page).into_iter().chain(totals::indicators(&page.digest)).collect();
    }
    let parts = [
        watch::watch(page),
        last_week::last_week(page),
        programme::ended(page),
        totals::indicators(&page.digest),
        totals::batches(&page.digest),
        programme::meetings(page),
        programme::nudges(page),
        surveys::surveys(&page.digest),
        surveys::stories(page),
    ];
    parts.into_iter().flatten().collect()
}

/// What is left out, and why.
fn not_shown(page: &DigestPage) -> Vec<String> {
    let single =
        "Single answers without a comment, because one says little; comments that were not shared with coordinators.";
    std::iter::once(single.to_owned()).chain(totals::not_shown(&page.digest)).collect()
}

/// One line, if nothing needs anybody and nobody has said anything.
fn quiet(page: &DigestPage) -> Option<String> {
    let digest = &page.digest;
    digest.states?;
    let nothing = digest.actions.is_empty()
        && digest.more.is_empty()
        && digest.watch.is_empty()
        && digest.never_met.is_empty()
        && digest.silent.is_empty()
        && digest.last_week.is_empty()
        && digest.ended.is_empty()
        && digest.batches.is_empty()
        && digest.surveys.is_none()
        && page.comments.is_empty();
    let met = digest.meetings.as_ref().and_then(programme::met).map(|met| format!(" {}.", super::text::sentence(&met)));
    let standing = summary::summary(page).join(" ");
    (nothing && digest.pairs > 0)
        .then(|| format!("A quiet week: nothing needs you. {standing}{}", met.unwrap_or_default()))
}

/// The digest for a terminal; nothing is cut but the long lists.
pub fn digest_text(page: &DigestPage) -> String {
    let mut out = vec![summary::title(page, &plain_name(&page.program_name))];
    if let Some(quiet) = quiet(page) {
        out.extend([quiet, format!("\n{}", summary::data_note(page))]);
        return out.join("\n");
    }
    out.extend(summary::summary(page));
    let section =
        |heading: &str, lines: &[String]| format!("\n{heading}\n  {}", lines.join("\n").replace('\n', "\n  "));
    let actions: Vec<String> = (1..)
        .zip(&page.digest.actions)
        .map(|(n, line)| {
            let lines::Line { who, says } = lines::line(page, line);
            format!("{n}. {who}{says}")
        })
        .collect();
    if !actions.is_empty() {
        out.push(section("DO THIS WEEK", &actions));
    }
    out.extend(parts(page).iter().map(|part| section(part.heading, &part.lines)));
    out.extend(chart::said(page).map(|said| section("OVER THE WEEKS", &[said])));
    if !page.comments.is_empty() {
        out.push(section("COMMENTS SHARED WITH YOU", &comments::comment_lines(page)));
    }
    out.push(section("NOT SHOWN", &not_shown(page)));
    out.push(format!("\n{}", summary::data_note(page)));
    out.join("\n")
}
