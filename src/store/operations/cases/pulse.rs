//! About one pulse: somebody acts on it, or its time is over.

use sqlx::Result;

use super::super::rows::{
    self, MENTEE, MENTOR, Row, ask_columns, both_people_columns, pair_columns, pulse_columns, raw, time_if,
};
use super::super::{Conn, answers, attention, pauses, rests};
use crate::core::answer::{Answer, Comment};
use crate::core::attention::WEEKLY;
use crate::core::case::{ClosingCase, PulseCase};
use crate::core::id::{PersonId, PulseId};
use crate::core::pulse::{Ask, AskState};
use crate::store::vault::Vault;

/// About one pulse, as `actor` may know it. Holds the pulse.
///
/// Two statements: an answer's way is kept short.
pub async fn pulse_case(
    conn: &mut Conn,
    pulse: &PulseId,
    actor: &PersonId,
    vault: &Vault,
) -> Result<Option<PulseCase>> {
    let head = sqlx::query(locking!(
        "pulse",
        "select ",
        pulse_columns!(),
        ",
        ",
        pair_columns!(),
        ",
        ",
        both_people_columns!(),
        ",
        program.settings,
        (select person.home_opened from person where person.person_id = $2) as home_opened
        from pulse
        join pair on pair.pair_id = pulse.pair_id
        join program on program.program_id = pair.program_id
        join person mentee on mentee.person_id = pair.mentee_id
        join person mentor on mentor.person_id = pair.mentor_id
        where pulse.pulse_id = $1"
    ))
    .bind(pulse.as_str())
    .bind(actor.as_str())
    .fetch_optional(&mut *conn)
    .await?;
    let Some(head) = head else { return Ok(None) };
    // One row for each ask, or one for each answer where the ask is the actor's own.
    let parts = sqlx::query(concat!(
        "select ",
        ask_columns!(),
        ",
        ask.pulse_id, answer.question_id, answer.value, answer.audience, answer.audience_at,
        answer.followed_up, answer.at, answer.withdrawn, comment.sealed, comment.at as comment_at
        from ask
        left join answer on answer.pulse_id = ask.pulse_id
            and answer.person_id = ask.person_id
            and ask.person_id = $2
        left join comment on comment.pulse_id = answer.pulse_id
            and comment.person_id = answer.person_id
            and comment.question_id = answer.question_id
        where ask.pulse_id = $1
        order by ask.role, answer.at, answer.question_id"
    ))
    .bind(pulse.as_str())
    .bind(actor.as_str())
    .fetch_all(&mut *conn)
    .await?;
    let (mut asks, mut own, mut comments) = (Vec::with_capacity(2), Vec::new(), Vec::new());
    for part in &parts {
        let ask = rows::ask(part)?;
        if !asks.iter().any(|known: &Ask| known.role == ask.role) {
            asks.push(ask);
        }
        if raw::<Option<&str>>(part, "answer", "question_id")?.is_none() {
            continue;
        }
        let answer = rows::answer(part)?;
        comments.extend(own_comment(part, &answer, vault)?);
        own.push(answer);
    }
    Ok(Some(PulseCase {
        program: rows::program(&head)?,
        pair: rows::pair(&head)?,
        mentee: rows::person(&head, &MENTEE)?,
        mentor: rows::person(&head, &MENTOR)?,
        pulse: rows::pulse(&head, asks)?,
        answers: own,
        comments,
        rest: rests::of(conn, std::slice::from_ref(actor)).await?.remove(actor).unwrap_or_default(),
        home_opened: time_if(&head, "person", "home_opened")?.is_some(),
    }))
}

/// The words that stand, or when the last were taken back.
fn own_comment(row: &Row, answer: &Answer, vault: &Vault) -> Result<Option<Comment>> {
    let question = answer.question.clone();
    let Some(sealed) = raw::<Option<&str>>(row, "comment", "sealed")? else {
        let withdrawn = time_if(row, "answer", "withdrawn")?;
        return Ok(withdrawn.map(|at| Comment { question, words: String::new(), at }));
    };
    let key = answers::AnswerKey { pulse: &answer.pulse, person: &answer.person, question: &question };
    let words = vault.open(&key.comment_row(), sealed).map_err(rows::sealed)?;
    Ok(Some(Comment { words, at: rows::time(row, "comment", "comment_at")?, question }))
}

/// What both below read first.
macro_rules! select_standing {
    () => {
        concat!(
            "select ",
            pulse_columns!(),
            ",
            ",
            pair_columns!(),
            ",
            ",
            both_people_columns!(),
            ",
            mentee.home_opened as mentee_opened, mentor.home_opened as mentor_opened, program.settings,
            (select in_mentee.declined from participation in_mentee
                where in_mentee.program_id = pair.program_id
                    and in_mentee.person_id = pair.mentee_id) as mentee_declined,
            (select in_mentor.declined from participation in_mentor
                where in_mentor.program_id = pair.program_id
                    and in_mentor.person_id = pair.mentor_id) as mentor_declined
            from pulse
            join pair on pair.pair_id = pulse.pair_id
            join program on program.program_id = pair.program_id
            join person mentee on mentee.person_id = pair.mentee_id
            join person mentor on mentor.person_id = pair.mentor_id
            where pulse.pulse_id = $1
                and pulse.folded is null"
        )
    };
}

/// About a pulse whose time is over; `None` when it was never asked. Holds the pulse.
pub async fn closing_case(conn: &mut Conn, pulse: &PulseId) -> Result<Option<ClosingCase>> {
    let select = sqlx::query(locking!("pulse", select_standing!()));
    let head = select.bind(pulse.as_str()).fetch_optional(&mut *conn).await?;
    let mut case = with_asks(conn, head, pulse).await?;
    if let Some(case) = &mut case {
        for (n, ask) in [&case.pulse.mentee, &case.pulse.mentor].into_iter().enumerate() {
            if matches!(ask.state, AskState::Open) {
                case.silent[n] = rests::silent(conn, &case.pulse.pair, &ask.person).await?;
            }
        }
        if case.silent.iter().any(|silent| silent.before > 0) {
            let both = [&case.pulse.mentee.person, &case.pulse.mentor.person];
            case.spent = attention::of_both(conn, both).await?;
            case.weekly = attention::weekly(conn, both).await?;
        }
    }
    Ok(case)
}

/// The same for those who only look: it holds nothing, and so can be read where nothing may be written.
pub async fn standing_case(conn: &mut Conn, pulse: &PulseId) -> Result<Option<ClosingCase>> {
    let select = sqlx::query(select_standing!());
    let head = select.bind(pulse.as_str()).fetch_optional(&mut *conn).await?;
    with_asks(conn, head, pulse).await
}

async fn with_asks(conn: &mut Conn, head: Option<Row>, pulse: &PulseId) -> Result<Option<ClosingCase>> {
    let Some(head) = head else { return Ok(None) };
    let parts = sqlx::query(concat!(
        "select ",
        ask_columns!(),
        "
        from ask
        where ask.pulse_id = $1
        order by ask.role"
    ))
    .bind(pulse.as_str())
    .fetch_all(&mut *conn)
    .await?;
    let asks = parts.iter().map(rows::ask).collect::<Result<Vec<_>>>()?;
    let (mentee, mentor) = (rows::person(&head, &MENTEE)?, rows::person(&head, &MENTOR)?);
    let zones = [mentee.zone, mentor.zone];
    let is_out = |column| Ok::<_, sqlx::Error>(time_if(&head, "participation", column)?.is_some());
    let out = [is_out("mentee_declined")?, is_out("mentor_declined")?];
    let mut home_opened = Vec::new();
    for (person, column) in [(mentee, "mentee_opened"), (mentor, "mentor_opened")] {
        if time_if(&head, "person", column)?.is_some() {
            home_opened.push(person.id);
        }
    }
    let pair = rows::pair(&head)?;
    let pauses = pauses::spans_of_pair(conn, &pair.id).await?;
    let rests = rests::of_both(conn, [&pair.mentee, &pair.mentor]).await?;
    Ok(Some(ClosingCase {
        program: rows::program(&head)?,
        pulse: rows::pulse(&head, asks)?,
        zones,
        out,
        home_opened,
        pauses,
        rests,
        silent: Default::default(),
        spent: Vec::new(),
        weekly: [WEEKLY; 2],
    }))
}
