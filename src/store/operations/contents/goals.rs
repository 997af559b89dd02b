//! What App Home and the list of a mentor say of goals: words for the two of a pair, and for nobody else.

use chrono::{DateTime, TimeDelta, Utc};
use sqlx::Result;

use super::super::Conn;
use super::super::goals::{self, Wanted};
use super::super::pieces::join_partner;
use super::super::rows::{self, Row, pair_columns, raw};
use crate::core::content::PairGoals;
use crate::core::goal::{self, ASK_WITHIN, Confidence, Goal, When};
use crate::core::id::{PairId, PersonId};
use crate::core::person::Pair;
use crate::store::vault::Vault;

/// Pairs on App Home.
const PAIRS: i64 = 50;

/// Mentees on one page of the list.
const ON_PAGE: usize = 30;

/// Pairs of which a mentor's list is made at most.
const MENTEES: i64 = 1_000;

/// Goals of this person's pairs: of each in which they are the mentee, and of each other that has open ones. A pair
/// that has ended stays for some weeks, as long as its mentee may say how sure they feel.
pub async fn goals(conn: &mut Conn, vault: &Vault, person: &PersonId, now: DateTime<Utc>) -> Result<Vec<PairGoals>> {
    let since = now - TimeDelta::days(ASK_WITHIN);
    let rows = sqlx::query(concat!(
        "select ",
        pair_columns!(),
        ",
            program.settings, partner.name as partner_name
        from pair
        join program on program.program_id = pair.program_id
        ",
        join_partner!("$1"),
        "
        left join participation on participation.program_id = pair.program_id
            and participation.person_id = $1
        where (pair.mentee_id = $1
                and (pair.ended is null or pair.ended >= $2)
                and participation.declined is null)
            or (pair.mentor_id = $1
                and pair.ended is null
                and exists (
                    select 1
                    from goal
                    where goal.pair_id = pair.pair_id
                        and goal.state = 'open'))
        order by case when pair.mentee_id = $1 then 0 else 1 end, partner.name, pair.pair_id
        limit $3"
    ))
    .bind(person.as_str())
    .bind(rows::ms(since))
    .bind(PAIRS)
    .fetch_all(&mut *conn)
    .await?;
    let pages = shown(conn, vault, person, &rows, Some(since), now).await?;
    // Of a pair that has ended nothing is left but what may still be asked.
    Ok(pages.into_iter().filter(|page| page.ended.is_none() || !page.asks.is_empty()).collect())
}

/// The mentees of this person that have open goals, after `skip` of them, and whether there are more.
pub async fn of_mentees(
    conn: &mut Conn,
    vault: &Vault,
    person: &PersonId,
    skip: u32,
    now: DateTime<Utc>,
) -> Result<(Vec<PairGoals>, bool)> {
    let rows = sqlx::query(concat!(
        "select ",
        pair_columns!(),
        ",
            program.settings, partner.name as partner_name
        from pair
        join program on program.program_id = pair.program_id
        join person partner on partner.person_id = pair.mentee_id
        where pair.mentor_id = $1
            and pair.ended is null
            and exists (
                select 1
                from goal
                where goal.pair_id = pair.pair_id
                    and goal.state = 'open')
        order by partner.name, pair.pair_id
        limit $2"
    ))
    .bind(person.as_str())
    .bind(MENTEES)
    .fetch_all(&mut *conn)
    .await?;
    let skip = usize::try_from(skip).unwrap_or(usize::MAX).min(rows.len());
    let end = rows.len().min(skip + ON_PAGE);
    let pages = shown(conn, vault, person, &rows[skip..end], None, now).await?;
    Ok((pages, rows.len() > end))
}

/// Each pair with its goals. Goals that are over are wanted only for what their mentee may be asked.
async fn shown(
    conn: &mut Conn,
    vault: &Vault,
    person: &PersonId,
    rows: &[Row],
    over_since: Option<DateTime<Utc>>,
    now: DateTime<Utc>,
) -> Result<Vec<PairGoals>> {
    let pairs: Vec<Pair> = rows.iter().map(rows::pair).collect::<Result<_>>()?;
    let ids: Vec<PairId> = pairs.iter().map(|pair| pair.id.clone()).collect();
    let own: Vec<PairId> = pairs.iter().filter(|pair| pair.mentee == *person).map(|pair| pair.id.clone()).collect();
    let goals = goals::of_pairs(conn, vault, Wanted { pairs: &ids, over_since }).await?;
    let said = goals::confidence(conn, &own).await?;
    let mut pages = Vec::with_capacity(rows.len());
    for (row, pair) in rows.iter().zip(pairs) {
        let (own, middle) = (pair.mentee == *person, goal::middle(&rows::program(row)?, &pair));
        let of_it = || goals.iter().filter(|goal| goal.pair == pair.id);
        let ask = |goal: &Goal| {
            let when = goal.asks(&known(&said, goal), middle, pair.ended, now)?;
            Some((goal.id.clone(), goal.skill().to_owned(), when))
        };
        pages.push(PairGoals {
            partner: raw(row, "person", "partner_name")?,
            own,
            ended: pair.ended,
            over: of_it().any(|goal| !goal.is_open()),
            goals: of_it().filter(|goal| goal.is_open()).cloned().collect(),
            asks: if own { of_it().filter_map(ask).collect() } else { Vec::new() },
            pair: pair.id,
        });
    }
    Ok(pages)
}

fn known(said: &[Confidence], goal: &Goal) -> Vec<When> {
    said.iter().filter(|one| one.goal == goal.id).map(|one| one.when).collect()
}
