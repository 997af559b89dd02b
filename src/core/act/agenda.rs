//! Somebody looks at what the two may talk about next time.

use chrono::{DateTime, Utc};

use super::{open, refuse};
use crate::core::cadence::civil;
use crate::core::case::AgendaCase;
use crate::core::content::{Agenda, Form};
use crate::core::decision::Decision;
use crate::core::event::Act;
use crate::core::guide;
use crate::core::question::Role;
use crate::core::refusal::Refusal;
use crate::core::rotation::Situation;

/// Opens the agenda of the next session. It follows from what both of the two know and see: how far the programme is, open
/// goals, and logged sessions. No answer has a part in it, so none can be told from it.
pub fn on_agenda(case: &AgendaCase, act: &Act, now: DateTime<Utc>) -> Decision {
    let Some(role) = case.pair.role_of(&act.by) else { return refuse(Refusal::NotYourPair) };
    if case.pair.ended.is_some() {
        return refuse(Refusal::Ended);
    }
    let Some(guide) = guide::next(case.program.guides(), &situation(case, now), case.sessions) else {
        return refuse(Refusal::Gone);
    };
    let partner = match role {
        Role::Mentee => &case.mentor.name,
        Role::Mentor => &case.mentee.name,
    };
    open(Form::Agenda(Box::new(Agenda {
        partner: partner.clone(),
        next: case.proposal.as_ref().and_then(|proposal| proposal.next(now)),
        title: guide.title.clone(),
        ask: guide.ask.clone(),
        prepare: guide.prepare(role).to_owned(),
        goals: case.goals.iter().filter(|goal| goal.is_open()).cloned().collect(),
        own: role == Role::Mentee,
        source: guide.source.clone(),
    })))
}

/// By the programme's own clock, so that it is the same for both wherever they live.
fn situation(case: &AgendaCase, now: DateTime<Utc>) -> Situation {
    let first_day = case.pair.starts.max(case.program.starts);
    let week = |day: chrono::NaiveDate| u32::try_from((day - first_day).num_weeks()).unwrap_or(0) + 1;
    Situation {
        turn: case.sessions.saturating_add(1),
        week: week(civil(case.program.zone, now).date()),
        weeks: case.program.ends.map(week),
        // As both logged it; what somebody said in a pulse has no part in this.
        met: case.sessions > 0,
        goal: case.goals.iter().any(crate::core::goal::Goal::is_open),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::content::Form;
    use crate::core::decision::Reply;
    use crate::core::event::What;
    use crate::core::sample;

    fn case() -> AgendaCase {
        AgendaCase {
            program: sample::program(),
            pair: sample::pair(),
            mentee: sample::person("Ana"),
            mentor: sample::person("Ravi"),
            sessions: 0,
            proposal: None,
            goals: Vec::new(),
        }
    }

    fn opened(case: &AgendaCase, by: &str, now: &str) -> Option<Agenda> {
        let act = sample::act(by, now, What::OpenedAgenda { pair: case.pair.id.clone() });
        match on_agenda(case, &act, sample::utc(now)).reply {
            Reply::Open(Form::Agenda(agenda)) => Some(*agenda),
            _ => None,
        }
    }

    #[test]
    fn both_read_the_same_questions_and_each_what_they_may_prepare() {
        let case = case();
        let ana = opened(&case, "Ana", "2026-05-05 08:00").expect("it opens");
        let ravi = opened(&case, "Ravi", "2026-05-05 08:00").expect("it opens");
        assert_eq!((&ana.title, &ana.ask, &ana.source), (&ravi.title, &ravi.ask, &ravi.source));
        assert_ne!(ana.prepare, ravi.prepare);
        assert_eq!((ana.partner.as_str(), ravi.partner.as_str()), ("Ravi", "Ana"));
    }

    #[test]
    fn the_next_session_has_the_next_guide_and_the_last_weeks_their_own() {
        let title = |sessions, now| {
            let case = AgendaCase { sessions, ..case() };
            opened(&case, "Ana", now).expect("it opens").title
        };
        assert_eq!(title(0, "2026-05-05 08:00"), "A first hello");
        assert_eq!(title(1, "2026-05-05 08:00"), "A first goal");
        // A stage of four weeks, and the last four of twenty-six.
        assert_ne!(title(0, "2026-06-02 08:00"), "A first hello");
        assert_eq!(title(1, "2026-10-27 08:00"), "Look back");
    }

    #[test]
    fn nobody_else_opens_it() {
        let refused = |case: &AgendaCase, by| opened(case, by, "2026-05-05 08:00").is_none();
        assert!(refused(&case(), "Mia"));
        let mut ended = case();
        ended.pair.ended = Some(sample::utc("2026-05-05 07:00"));
        assert!(refused(&ended, "Ana"));
    }

    #[test]
    fn a_programme_of_its_own_guides_offers_those() {
        let mut case = case();
        let own = "version = 1\n[[guide]]\nid = \"ours\"\nstage = \"any\"\nindicator = \"growth\"\ntitle = \"Ours\"\n\
                   ask = [\"One?\", \"Two?\"]\nmentee = \"a\"\nmentor = \"b\"\nsource = \"us\"\n";
        case.program.guides = guide::parse(own).expect("guides");
        assert_eq!(opened(&case, "Ana", "2026-05-05 08:00").expect("it opens").title, "Ours");
    }
}
