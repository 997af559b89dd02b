//! How simulated people behave, by a stated model. It uses only what a person has: eyes, hands and a clock on the wall.
//!
//! **Nothing of the bot is known here.** People recognise what to do from what stands in front of them: five buttons
//! in a row are a question, `Yes` beside `Not yet` asks about a meeting, `Start` beside `Not for me` is an invitation.
//!
//! **Every choice is a draw** from a hash of the seed, the person, the message (conversation, day, words) and the
//! purpose, never from a running stream. So the same seed plays the same programme, in whatever order threads run.
//!
//! **The model.**
//! - *A pair has a [`Temper`]*: healthy (about 4.3 of 5, meets most weeks), drifting (begins like that, loses a fifth of
//!   a point, some meetings and some answers every week), one-sided (the mentor is content, the mentee is not), never
//!   met, or silent (answers for two weeks, then the mentee hardly ever).
//! - *A value* is the pair's quality in that week, as this side sees it, plus the person's own leaning (up to 0.5 either
//!   way, mentors a little higher), plus a mood of the day (up to 0.9). Sentences in which "yes" is bad are turned round.
//! - *Whether*: each temper has its chance to answer in a week. Who does not answer presses `Not this week` (1 in 10),
//!   `Ask me tomorrow` (1 in 12), asks for help (1 in 50), or does nothing.
//! - *When*: after 3 minutes to 16 hours of work, short waits being likelier, so at most two working days; always in the
//!   person's own working hours, which begin at 8, 9 or 10 of their own clock and last eight hours, Monday to Friday.
//! - *After the tap*: three of four answer a second question that is asked of them alone; 1 in 8 adds a comment; 1 in 16
//!   changes who sees the answer; 1 in 20 changes the answer. Two of three who answer also say whether they have met,
//!   and both sides of a pair say the same.
//! - *The welcome*: most press `Start` within two working days, 1 in 9 waits and presses nothing, and those whose
//!   [`Welcomed`] says so press `Not for me`.
//! - *Whether it fits*: 85 of 100 say so when they are asked, by how good it is; of those for whom it does not, two of three
//!   let a coordinator know, and one of three ends the pair some six working days later.
//! - *Help*: four of five coordinators open a request in their time, and three of five of these mark it as handled.
//! - *Goals*: in some weeks (a healthy pair's mentee in most of them, a silent one's hardly ever) a mentee looks at
//!   App Home after a pulse, writes a goal where there is none, does the next step, and reaches most whose steps are done.
//! - *For each other*: in some weeks one of a pair looks at what to prepare; in one of eight a healthy pair's say thanks, and one
//!   of eight takes it back; a mentee opens the own record now and then, and two of five of those share it.
//! - *An agreement* (a post with `Fill in` or `We agree`): by its temper a pair agrees or leaves it; one of the two fills it
//!   in within two working days and says yes, the other says yes after that. Three of four want to meet every two weeks.
//! - *A survey* (a row with `Answer` and a number of taps): answered in one sitting, as likely as a pulse in that week, two of
//!   three say also whether they have met; each
//!   value as for a pulse, 1 in 12 left out, a line or two by 3 in 10.
//! - *A nudge* (`Done` beside `Not helpful`): three in ten never touch its buttons; of the others nearly half say that it is done,
//!   some want it tomorrow, some say that it did not help.
//! - *Coordinators* read what comes, and look at App Home after half of it; others look at App Home now and then.
//! - *A tap that was not acknowledged* is repeated after a minute, three times at most.
//!
//! Whom the newcomer plays on the page is left alone: see [`Cast::leave_alone`].

mod agenda;
mod cast;
mod company;
mod deed;
mod draw;
mod goals;
mod hours;
mod mind;
mod names;
mod nudged;
mod reading;
mod record;
mod rest;
mod surveys;
mod temper;
#[cfg(test)]
mod tests;
mod words;

pub use cast::{Cast, Deeds};
pub use company::{CastPair, Company, Member, Side, Welcomed};
pub use temper::Temper;
