//! A stored digest with the names and words as they are now.

use std::collections::{BTreeMap, BTreeSet};

use sqlx::{QueryBuilder, Result};

use super::super::answers::AnswerKey;
use super::super::rows::{self, Row, id, number, raw};
use super::super::{Conn, Engine, digests, people, programs, surveys, workspaces};
use super::care;
use crate::core::answer::Audience;
use crate::core::content::Item;
use crate::core::id::{DigestId, PairId, PersonId, QuestionId};
use crate::core::program::Program;
use crate::core::scoring::digest::{ActionLine, CommentRef, Digest, DigestCare, DigestPage, SharedComment, Subject};
use crate::core::survey::STORY;
use crate::store::vault::Vault;

/// Ids in one list: more than all lists of a digest name together.
const LISTED: usize = 5000;

/// The page of a stored digest.
pub async fn page(conn: &mut Conn, vault: &Vault, digest: &DigestId) -> Result<Option<DigestPage>> {
    let Some(stored) = digests::load(conn, digest).await? else { return Ok(None) };
    let Some(mut page) = page_of(conn, vault, stored).await? else { return Ok(None) };
    page.care = care::of_digest(conn, digest, &page.digest).await?;
    Ok(Some(DigestPage { is_own_copy: digest.is_own_copy(), ..page }))
}

/// The page of a digest as it was computed.
pub async fn page_of(conn: &mut Conn, vault: &Vault, digest: Digest) -> Result<Option<DigestPage>> {
    let Some(program) = programs::find(conn, &digest.program).await? else { return Ok(None) };
    let in_last_week = digest.last_week.iter().filter_map(|outcome| match outcome.line.read() {
        Some((_, Subject::Declined(_, person))) => Some(person),
        _ => None,
    });
    let in_last_week: Vec<PersonId> = in_last_week.collect();
    let in_lines = digest.actions.iter().chain(&digest.more).filter_map(ActionLine::person);
    let named: BTreeSet<&PersonId> = digest.declined.iter().chain(in_lines).chain(&in_last_week).take(LISTED).collect();
    let named: Vec<PersonId> = named.into_iter().cloned().collect();
    let people = people::find(conn, &named).await?;
    let comments = comments(conn, vault, &program, &digest).await?;
    Ok(Some(DigestPage {
        charts: workspaces::takes_charts(conn, &program.id.workspace()).await?,
        program_name: program.name,
        zone: program.zone,
        pairs: pair_names(conn, &digest).await?,
        people: people.into_iter().map(|person| (person.id, person.name)).collect(),
        is_own_copy: false,
        comments,
        stories: stories(conn, vault, &digest).await?,
        care: DigestCare::default(),
        digest,
    }))
}

/// Mentor's and mentee's names of each pair that is named.
async fn pair_names(conn: &mut Conn, digest: &Digest) -> Result<BTreeMap<PairId, (String, String)>> {
    let silent = digest.silent.iter().map(|silent| silent.pair.clone());
    let never_met = digest.never_met.iter().map(|pair| pair.pair.clone());
    let commented = digest.comments.iter().map(|comment| comment.pulse.pair());
    let lines = digest.actions.iter().chain(&digest.more).filter_map(ActionLine::pair).cloned();
    let watched = digest.watch.iter().map(|pair| pair.pair.clone());
    let last_week = digest.last_week.iter().filter_map(|outcome| outcome.pair.clone());
    let named = lines.chain(watched).chain(last_week).chain(digest.ended.iter().cloned());
    let named: BTreeSet<PairId> = named.chain(silent).chain(never_met).chain(commented).take(LISTED).collect();
    if named.is_empty() {
        return Ok(BTreeMap::new());
    }
    let mut select = QueryBuilder::<Engine>::new(
        "select pair.pair_id, mentor.name as mentor_name, mentee.name as mentee_name
        from pair
        join person mentee on mentee.person_id = pair.mentee_id
        join person mentor on mentor.person_id = pair.mentor_id
        where pair.pair_id in (",
    );
    let mut list = select.separated(", ");
    for pair in &named {
        list.push_bind(pair.as_str());
    }
    select.push(")");
    let rows = select.build().persistent(false).fetch_all(conn).await?;
    let names = |row: &Row| {
        let names = (raw(row, "person", "mentor_name")?, raw(row, "person", "mentee_name")?);
        Ok((id(row, "pair", "pair_id")?, names))
    };
    rows.iter().map(names).collect()
}

/// The digest's stories that still exist, in its order: words, and the name where it may be told.
async fn stories(conn: &mut Conn, vault: &Vault, digest: &Digest) -> Result<Vec<(Option<String>, String)>> {
    let mut told = Vec::new();
    for story in digest.surveys.iter().flat_map(|told| &told.stories).take(LISTED) {
        let item = QuestionId::from(STORY.0);
        let key = surveys::Key { survey: &story.survey, person: &story.person, item: &item };
        let row = sqlx::query(
            "select survey_answer.sealed, person.name
            from survey_answer
            join person on person.person_id = survey_answer.person_id
            where survey_answer.survey_id = $1
                and survey_answer.person_id = $2
                and survey_answer.item = $3
                and survey_answer.sealed is not null",
        )
        .bind(story.survey.as_str())
        .bind(story.person.as_str())
        .bind(STORY.0)
        .fetch_optional(&mut *conn)
        .await?;
        let Some(row) = row else { continue };
        let words = vault.open(&key.row(), raw(&row, "survey_answer", "sealed")?).map_err(rows::sealed)?;
        let name = if story.named { Some(raw(&row, "person", "name")?) } else { None };
        told.push((name, words));
    }
    Ok(told)
}

/// The digest's comments that still exist and are still for coordinators, in the digest's order.
async fn comments(conn: &mut Conn, vault: &Vault, program: &Program, digest: &Digest) -> Result<Vec<SharedComment>> {
    let refs = &digest.comments[..digest.comments.len().min(LISTED)];
    if refs.is_empty() {
        return Ok(Vec::new());
    }
    let mut select = QueryBuilder::<Engine>::new(
        "select answer.pulse_id, answer.person_id, answer.question_id, answer.value, comment.sealed,
            pulse.pair_id, ask.role, person.name
        from comment
        join answer on answer.pulse_id = comment.pulse_id
            and answer.person_id = comment.person_id
            and answer.question_id = comment.question_id
        join pulse on pulse.pulse_id = comment.pulse_id
        join ask on ask.pulse_id = comment.pulse_id
            and ask.person_id = comment.person_id
        join person on person.person_id = comment.person_id
        where answer.audience <> ",
    );
    select.push_bind(Audience::OnlyTotals.as_str()).push(" and comment.pulse_id in (");
    let mut list = select.separated(", ");
    for comment in refs {
        list.push_bind(comment.pulse.as_str());
    }
    select.push(")");
    let rows = select.build().persistent(false).fetch_all(conn).await?;
    let mut found = Vec::with_capacity(rows.len());
    for row in &rows {
        let place = reference(row)?;
        if let Some(order) = refs.iter().position(|reference| *reference == place) {
            found.push((order, shared(row, vault, program, &place)?));
        }
    }
    found.sort_by_key(|(order, _)| *order);
    Ok(found.into_iter().map(|(_, comment)| comment).collect())
}

fn reference(row: &Row) -> Result<CommentRef> {
    Ok(CommentRef {
        pulse: id(row, "answer", "pulse_id")?,
        person: id::<PersonId>(row, "answer", "person_id")?,
        question: id(row, "answer", "question_id")?,
    })
}

fn shared(row: &Row, vault: &Vault, program: &Program, place: &CommentRef) -> Result<SharedComment> {
    let key = AnswerKey { pulse: &place.pulse, person: &place.person, question: &place.question };
    let item = Item::of(program, &place.question, rows::role(row)?);
    let value: u8 = number(row, "answer", "value")?;
    let label = item.as_ref().and_then(|item| item.label(value).map(str::to_owned));
    Ok(SharedComment {
        name: raw(row, "person", "name")?,
        pair: id(row, "pulse", "pair_id")?,
        // A question that the programme no longer knows is named by its id, its answer by the value.
        question: item.map_or_else(|| place.question.to_string(), |item| item.text),
        label: label.unwrap_or_else(|| value.to_string()),
        words: vault.open(&key.comment_row(), raw(row, "comment", "sealed")?).map_err(rows::sealed)?,
    })
}
