//! What people say: answers, words, whether they met, and requests for help. Nothing enters a pulse that is over.

use chrono::{DateTime, Utc};
use sqlx::{Result, Row as _};

use super::Conn;
use super::pieces::pulse_is_open;
use super::rows::{self, ms};
use crate::core::answer::{Answer, Audience};
use crate::core::id::{HelpId, PairId, PersonId, PulseId, QuestionId};
use crate::store::vault::Vault;

/// What an answer and the words to it are found by.
#[derive(Clone, Copy)]
pub struct AnswerKey<'a> {
    pub pulse: &'a PulseId,
    pub person: &'a PersonId,
    pub question: &'a QuestionId,
}

impl AnswerKey<'_> {
    /// The row key that a comment's words are sealed with.
    pub fn comment_row(&self) -> String {
        format!("comment:{}:{}:{}", self.pulse, self.person, self.question)
    }
}

/// The row key that the words of a request for help are sealed with.
pub fn help_row(help: &HelpId) -> String {
    format!("help:{help}")
}

/// An answer, or a changed one; of two the later counts, in whatever order they arrive. A changed one keeps its
/// audience.
pub async fn answered(conn: &mut Conn, answer: &Answer) -> Result<bool> {
    let done = sqlx::query(
        "insert into answer (pulse_id, person_id, question_id, value, audience, audience_at, followed_up, at)
        select pulse.pulse_id, $2, $3, $4, $5, $6, $7, $8
        from pulse
        where pulse.pulse_id = $1
            and pulse.closed is null
            and pulse.folded is null
        on conflict (pulse_id, person_id, question_id) do update
        set value = excluded.value,
            followed_up = coalesce(answer.followed_up, excluded.followed_up),
            at = excluded.at
        where excluded.at >= answer.at
            and (excluded.at <> answer.at or excluded.value <> answer.value)",
    )
    .bind(answer.pulse.as_str())
    .bind(answer.person.as_str())
    .bind(answer.question.as_str())
    .bind(i64::from(answer.value))
    .bind(answer.audience.as_str())
    .bind(answer.audience_at.map(ms))
    .bind(answer.followed_up.map(ms))
    .bind(ms(answer.at))
    .execute(conn)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// Another audience for an answer, or the same again; of two choices the later counts.
pub async fn audience_chosen(
    conn: &mut Conn,
    key: AnswerKey<'_>,
    audience: Audience,
    at: DateTime<Utc>,
) -> Result<bool> {
    let done = sqlx::query(concat!(
        "update answer
        set audience = $4,
            audience_at = $5
        where pulse_id = $1
            and person_id = $2
            and question_id = $3
            and (audience_at is null
                or audience_at < $5
                or (audience_at = $5 and audience <> $4))
            and ",
        pulse_is_open!()
    ))
    .bind(key.pulse.as_str())
    .bind(key.person.as_str())
    .bind(key.question.as_str())
    .bind(audience.as_str())
    .bind(ms(at))
    .execute(conn)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// Words to an answer; empty words withdraw them.
pub async fn commented(
    conn: &mut Conn,
    vault: &Vault,
    key: AnswerKey<'_>,
    words: &str,
    at: DateTime<Utc>,
) -> Result<bool> {
    if words.is_empty() {
        return withdrawn(conn, key, at).await;
    }
    if comment(conn, vault, key).await?.is_some_and(|(stands, since)| since > at || (since == at && stands == words)) {
        return Ok(false);
    }
    let done = sqlx::query(
        "insert into comment (pulse_id, person_id, question_id, sealed, at)
        select answer.pulse_id, answer.person_id, answer.question_id, $4, $5
        from answer
        join pulse on pulse.pulse_id = answer.pulse_id
        where answer.pulse_id = $1
            and answer.person_id = $2
            and answer.question_id = $3
            and (answer.withdrawn is null or answer.withdrawn <= $5)
            and pulse.closed is null
            and pulse.folded is null
        on conflict (pulse_id, person_id, question_id) do update
        set sealed = excluded.sealed,
            at = excluded.at
        where excluded.at >= comment.at",
    )
    .bind(key.pulse.as_str())
    .bind(key.person.as_str())
    .bind(key.question.as_str())
    .bind(vault.seal(&key.comment_row(), words))
    .bind(ms(at))
    .execute(conn)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// Takes words back: the row goes, so that nothing of them is kept. That it happened stands beside the answer, or older
/// words that come later would be stored.
async fn withdrawn(conn: &mut Conn, key: AnswerKey<'_>, at: DateTime<Utc>) -> Result<bool> {
    sqlx::query(concat!(
        "update answer
        set withdrawn = $4
        where pulse_id = $1
            and person_id = $2
            and question_id = $3
            and (withdrawn is null or withdrawn < $4)
            and ",
        pulse_is_open!()
    ))
    .bind(key.pulse.as_str())
    .bind(key.person.as_str())
    .bind(key.question.as_str())
    .bind(ms(at))
    .execute(&mut *conn)
    .await?;
    let done = sqlx::query(concat!(
        "delete from comment
        where pulse_id = $1
            and person_id = $2
            and question_id = $3
            and at <= $4
            and ",
        pulse_is_open!()
    ))
    .bind(key.pulse.as_str())
    .bind(key.person.as_str())
    .bind(key.question.as_str())
    .bind(ms(at))
    .execute(conn)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// The words that stand, and since when.
async fn comment(conn: &mut Conn, vault: &Vault, key: AnswerKey<'_>) -> Result<Option<(String, DateTime<Utc>)>> {
    let row = sqlx::query(
        "select sealed, at
        from comment
        where pulse_id = $1
            and person_id = $2
            and question_id = $3",
    )
    .bind(key.pulse.as_str())
    .bind(key.person.as_str())
    .bind(key.question.as_str())
    .fetch_optional(conn)
    .await?;
    let Some(row) = row else { return Ok(None) };
    let words = vault.open(&key.comment_row(), row.try_get("sealed")?).map_err(rows::sealed)?;
    Ok(Some((words, rows::time(&row, "comment", "at")?)))
}

/// Whether the two have met, as this person says; of two sayings the later counts.
pub async fn met(conn: &mut Conn, pulse: &PulseId, person: &PersonId, met: bool, at: DateTime<Utc>) -> Result<bool> {
    let done = sqlx::query(
        "insert into meeting (pulse_id, pair_id, person_id, met, at)
        select pulse.pulse_id, pulse.pair_id, $2, $3, $4
        from pulse
        where pulse.pulse_id = $1
            and pulse.closed is null
            and pulse.folded is null
        on conflict (pulse_id, person_id) do update
        set met = excluded.met,
            at = excluded.at
        where excluded.at >= meeting.at
            and (excluded.at <> meeting.at or excluded.met <> meeting.met)",
    )
    .bind(pulse.as_str())
    .bind(person.as_str())
    .bind(i64::from(met))
    .bind(ms(at))
    .execute(conn)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// A request for help.
pub async fn help_asked(
    conn: &mut Conn,
    vault: &Vault,
    help: &HelpId,
    pair: &PairId,
    person: &PersonId,
    words: &str,
    at: DateTime<Utc>,
) -> Result<bool> {
    let done = sqlx::query(
        "insert into help (help_id, pair_id, person_id, sealed, at)
        values ($1, $2, $3, $4, $5)
        on conflict (help_id) do nothing",
    )
    .bind(help.as_str())
    .bind(pair.as_str())
    .bind(person.as_str())
    .bind(vault.seal(&help_row(help), words))
    .bind(ms(at))
    .execute(conn)
    .await?;
    Ok(done.rows_affected() > 0)
}
