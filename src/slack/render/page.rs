//! A pair's page for its coordinators, and named answers when they ask for them.

use serde_json::{Value, json};

use crate::core::answer::Audience;
use crate::core::care::{About, Care};
use crate::core::content::{AnswersPage, MorePage, NamedAnswer, PairPage, Side, Started, StepShown};
use crate::core::id::{MessageName, PairId};
use crate::core::scoring::digest::ActionLine;
use crate::core::scoring::record::Weekly;
use crate::core::scoring::state::State;
use crate::core::scoring::trend;
use crate::slack::action::Action;

use super::block::{Blocks, button, plain};
use super::care::{asking, beneath, cared, done_by, weekday};
use super::digest;
use super::text::{day, line, listed, name, plain_name, quote, safe, time};

/// The longest that a question is shown, and a piece of a comment.
const ASKED: usize = 300;
const PIECE: usize = 1_500;

/// The pair's page.
pub fn page(page: &PairPage) -> Value {
    let key = MessageName::from(format!("page:{}", page.pair)).key();
    let mut blocks = Blocks::view(&key, 1);
    blocks.header(&plain_name(&page.pair_name));
    blocks.context(&who(page));
    if let Some(done) = &page.done {
        blocks.section(&format!("*Done.* {}", cared(done)));
    }
    standing(page, &mut blocks);
    health(page, &mut blocks);
    blocks.section(&format!("*Meetings*\n{}", meetings(page)));
    blocks.section(&format!("*Agreement*\n{}", agreement(page)));
    blocks.section(&format!("*Answering*\n{}", answering(page)));
    feedback(page, &mut blocks);
    steps(page, &mut blocks);
    if page.ended.is_none() {
        act(page, &mut blocks);
    }
    view("pair", "Pair", blocks)
}

fn who(page: &PairPage) -> String {
    let [mentee, mentor] = &page.sides;
    let person = |side: &Side| format!("{} (<@{}>)", name(&side.name), side.user);
    format!(
        "{} · since {} · mentee {} · mentor {}",
        name(&page.program_name),
        day(page.starts),
        person(mentee),
        person(mentor)
    )
}

/// What keeps the pair from being asked.
fn standing(page: &PairPage, blocks: &mut Blocks<'_>) {
    if let Some(at) = page.ended {
        blocks.section(&format!("This pair ended {}.", time(at)));
        return;
    }
    for side in &page.sides {
        if side.said == Some(Started::No) {
            blocks.section(&format!(
                "{} pressed “Not for me”: nothing is asked of this pair. The other has not been told.",
                name(&side.name)
            ));
        }
    }
    if page.unreachable {
        blocks.section("Slack refuses messages to this pair; nothing is asked until it can be reached again.");
    }
    if let Some(pause) = &page.paused {
        let by = pause.by.as_ref().map(|by| format!(" by {}", name(by))).unwrap_or_default();
        let words = format!("*Paused*{by} until {}. It goes on by itself.", weekday(pause.until));
        blocks.section_with(&words, button("Resume now", &Action::Care(Care::Resume(page.pair.clone()))));
    }
}

/// Health over time with its band, by which parts it changed, and how much stands behind it.
fn health(page: &PairPage, blocks: &mut Blocks<'_>) {
    let Some(week) = page.weeks.first() else {
        blocks.section("*Health*\nThe first weekly look is still to come.");
        return;
    };
    let look = &week.evaluation;
    // Numbers of other rules are not compared.
    let shown = |week: &&Weekly| week.evaluation.ready && week.evaluation.rules == look.rules;
    if !look.ready {
        blocks.section(&format!("*Health*\nToo early to tell. {}", evidence(page)));
        return;
    }
    let (rules, value) = (look.rules.rules(), look.health.value);
    let (from, to) = rules.band(value);
    let thin = if look.thin { ", thin: few counted answers" } else { "" };
    let mut lines = vec![format!("*Health {value}* ({from}-{to}), {}{thin}", state(look.state))];
    let known: Vec<&Weekly> = page.weeks.iter().filter(shown).collect();
    if known.len() > 1 {
        let values: Vec<u8> = known.iter().rev().map(|week| week.evaluation.health.value).collect();
        let numbers: Vec<String> = values.iter().map(u8::to_string).collect();
        lines.push(format!("{}  {} (oldest first, each +-{})", sparks(&values), numbers.join(" "), rules.band));
    }
    let back = |weeks: u32| page.weeks.iter().filter(shown).find(|other| other.number + weeks == week.number);
    let compared = |then: &Weekly, now: &Weekly, when: &str| {
        let by = trend::change(&now.evaluation.health, &then.evaluation.health);
        let by: Vec<String> = by.iter().map(|(part, by)| format!("{} {by:+}", part.title())).collect();
        let by = if by.is_empty() { "no change".to_owned() } else { by.join(", ") };
        format!("{when}: {} -> {}: {by}", then.evaluation.health.value, now.evaluation.health.value)
    };
    let same = |other: &&Weekly| other.evaluation.rules == look.rules;
    // As the digest says it: against four looks before, or the first.
    let first = page.weeks.iter().filter(same).find(|first| first.number == 1 && week.number > 1 && week.number <= 4);
    let earlier = page.weeks.iter().filter(same).find(|other| other.number + 4 == week.number).or(first);
    lines.extend(earlier.map(|then| compared(then, week, "Against four looks before, or the first")));
    for (n, when) in ["Last look to this", "One before", "Two before", "Three before"].iter().enumerate() {
        let n = u32::try_from(n).unwrap_or(u32::MAX);
        let (now, then) = (if n == 0 { Some(week) } else { back(n) }, back(n + 1));
        lines.extend(now.zip(then).map(|(now, then)| compared(then, now, when)));
    }
    lines.push(evidence(page));
    blocks.section(&lines.join("\n"));
}

/// How many counted answers stand behind it.
fn evidence(page: &PairPage) -> String {
    let [mentee, mentor] = &page.sides;
    let counted = page.weeks.first().map(|week| week.usual.map(|usual| usual.n)).unwrap_or_default();
    format!(
        "Counted answers so far: {} of {}, {} of {}.",
        counted[0],
        name(&mentee.name),
        counted[1],
        name(&mentor.name)
    )
}

fn state(state: State) -> &'static str {
    match state {
        State::TooEarly => "too early to tell",
        State::OnTrack => "on track",
        State::Watch => "to watch",
        State::NeedsYou => "needs you",
    }
}

/// Numbers from 0 to 100 as a row of bars.
fn sparks(values: &[u8]) -> String {
    const BARS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
    values.iter().map(|value| BARS[(usize::from(*value) * 8 / 101).min(7)]).collect()
}

/// What became of Health since a step: as it was seen then, and as it is now.
fn since(page: &PairPage, step: &StepShown) -> String {
    let then = page.weeks.iter().find(|week| week.cutoff <= step.at);
    let now = page.weeks.first().filter(|week| week.cutoff > step.at);
    let (Some(then), Some(now)) = (then, now) else { return String::new() };
    let (was, is) = (&then.evaluation, &now.evaluation);
    if !was.ready || !is.ready || was.rules != is.rules {
        return String::new();
    }
    let recovered = match (then.evaluation.state, now.evaluation.state) {
        (State::NeedsYou, State::NeedsYou) => ", still needs you",
        (State::NeedsYou, _) => ", recovered",
        _ => "",
    };
    format!(" (Health {} then, {} now{recovered})", then.evaluation.health.value, now.evaluation.health.value)
}

fn meetings(page: &PairPage) -> String {
    match page.last_met {
        Some(at) if page.meetings == 1 => format!("Known to have met once, {}.", time(at)),
        Some(at) => format!("Known to have met {} times, last {}.", page.meetings, time(at)),
        None => "No meeting is known; they may have met without saying so.".to_owned(),
    }
}

fn agreement(page: &PairPage) -> String {
    match page.agreed {
        Some(at) => format!("They agreed on how they work together, {}. On what stays between them.", time(at)),
        None => "They have not agreed on how they work together yet.".to_owned(),
    }
}

fn answering(page: &PairPage) -> String {
    if page.pulses == 0 {
        return "Nothing was asked yet.".to_owned();
    }
    let [mentee, mentor] = &page.sides;
    let side = |side: &Side| {
        let (missed, asked) = side.missed;
        format!("{} answered {} of the last {asked}", name(&side.name), asked - missed)
    };
    let pulses = if page.pulses == 1 { "1 pulse".to_owned() } else { format!("{} pulses", page.pulses) };
    if mentee.missed.1 == 0 && mentor.missed.1 == 0 {
        return format!("{pulses} so far. None that was asked of them has closed yet.");
    }
    format!("{pulses} so far. {}, {}. Silence has many reasons.", side(mentee), side(mentor))
}

/// How much there is to read by name, and what reading it means.
fn feedback(page: &PairPage, blocks: &mut Blocks<'_>) {
    let [mentee, mentor] = &page.sides;
    let known = mentee.named + mentor.named;
    if known == 0 {
        blocks.section("*Feedback*\nThere is no answer that you may read by name.");
        return;
    }
    let answers = if known == 1 { "answer" } else { "answers" };
    let each = |side: &Side| format!("{} of {}", side.named, name(&side.name));
    let words = format!(
        "*Feedback*\n{known} {answers} that you may read by name: {}, {}. Both will see in their Home tab that you looked, \
         and when.",
        each(mentee),
        each(mentor)
    );
    let show = Action::Care(Care::OpenAnswers { pair: page.pair.clone(), skip: 0 });
    blocks.section_with(&words, button("Show answers", &show));
}

fn steps(page: &PairPage, blocks: &mut Blocks<'_>) {
    let done: Vec<String> = page.steps.iter().map(|step| format!("{}{}", done_by(step), since(page, step))).collect();
    let done = if done.is_empty() { "Nothing yet.".to_owned() } else { listed(&done, "\n", 10, 2_500) };
    blocks.section(&format!("*What was done*\n{done}"));
}

fn act(page: &PairPage, blocks: &mut Blocks<'_>) {
    let about = About { pair: page.pair.clone(), line: None };
    let tap = |label: &str, care: Care| button(label, &Action::Care(care));
    blocks.row([
        tap("Message both", Care::OpenMessage(about.clone())),
        tap("Ask each privately", Care::AskEach(about.clone())).map(asking),
        if page.paused.is_none() { tap("Pause 2 weeks", Care::Pause(about)) } else { None },
    ]);
}

/// Items on one page of what found no place in a digest: three blocks each at most, of 100 that a form has.
const ITEMS: usize = 32;

/// What found no place in a digest, each with its buttons.
pub fn more(more: &MorePage) -> Value {
    let MorePage { page, skip } = more;
    let digest = &page.digest;
    let key = MessageName::from(format!("more:{}:{skip}", digest.cutoff.timestamp_millis())).key();
    let mut blocks = Blocks::view(&key, 1);
    blocks.header(&plain_name(&page.program_name));
    let lines = digest.more.iter().map(Rest::Line);
    let watch = digest.watch.iter().map(|pair| Rest::Pair(&pair.pair, digest::watched(page, pair)));
    let digest::Facts { unmet, silent } = digest::facts(digest);
    let unmet = unmet.into_iter().map(|one| Rest::Pair(&one.pair, digest::unmet(page, one)));
    let silent = silent.into_iter().map(|one| Rest::Pair(&one.pair, digest::silent(page, one)));
    let all: Vec<Rest<'_>> = lines.chain(watch).chain(unmet).chain(silent).collect();
    let from = usize::try_from(*skip).unwrap_or(usize::MAX).min(all.len());
    if all.is_empty() {
        blocks.section("Everything stands in the digest itself.");
    }
    for rest in all.iter().skip(from).take(ITEMS) {
        match rest {
            Rest::Line(line) => {
                blocks.section(&safe(&digest::short(page, line)));
                beneath(line, page, &mut blocks);
            }
            Rest::Pair(pair, says) => {
                let show = Action::Care(Care::OpenPair((*pair).clone()));
                blocks.section_with(&safe(says), button("Show", &show));
            }
        }
    }
    let left = all.len() - from;
    if let (true, Some(id)) = (left > ITEMS, &page.care.digest) {
        let next = u32::try_from(from + ITEMS).unwrap_or(u32::MAX);
        let next = Care::OpenMore { digest: id.clone(), skip: next };
        blocks.row([button(&format!("{} more", left - ITEMS), &Action::Care(next))]);
    }
    view("more", "To watch", blocks)
}

/// One item of that list.
enum Rest<'a> {
    Line(&'a ActionLine),
    Pair(&'a PairId, String),
}

/// Named answers.
pub fn answers(page: &AnswersPage) -> Value {
    let key = MessageName::from(format!("answers:{}:{}", page.pair, page.skip)).key();
    let mut blocks = Blocks::view(&key, 1);
    blocks.header(&plain_name(&page.pair_name));
    if page.answers.is_empty() {
        blocks.section("There is no answer here that you may read by name.");
    } else {
        blocks.context(
            "Both see in their Home tab that you looked at these, and when. What counts in totals only is not here.",
        );
    }
    for answer in &page.answers {
        blocks.section(&said(answer));
        for piece in answer.words.iter().flat_map(|words| quote(words, 1, PIECE)) {
            blocks.section(&piece);
        }
    }
    if page.more {
        let shown = u32::try_from(page.answers.len()).unwrap_or(u32::MAX);
        let older = Care::OpenAnswers { pair: page.pair.clone(), skip: page.skip.saturating_add(shown) };
        blocks.row([button("Older", &Action::Care(older))]);
    }
    view("answers", "Answers", blocks)
}

fn said(answer: &NamedAnswer) -> String {
    let shared = if answer.audience == Audience::Partner { " · shared with the partner" } else { "" };
    format!(
        "*{}* · {}{shared}\n{}\n*{}*",
        name(&answer.name),
        time(answer.closed),
        line(&answer.question, ASKED),
        line(&answer.label, 75)
    )
}

fn view(callback_id: &str, title: &str, blocks: Blocks<'_>) -> Value {
    json!({
        "type": "modal",
        "callback_id": callback_id,
        "title": plain(title, 24),
        "close": plain("Close", 24),
        "blocks": blocks.done(),
    })
}
