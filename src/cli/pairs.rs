//! `rapport pairs import` and `list`: who mentors whom.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::io::Read;
use std::path::{Path, PathBuf};

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use serde_json::{Value, json};
use tokio::sync::watch;

use super::program::{lookup_error, warn_if_over};
use super::{Out, Verdict, print_json, progress, visit};
use crate::app::directory::{self, Directory, Progress};
use crate::clock::Clock;
use crate::config::Settings;
use crate::core::cadence::civil;
use crate::core::id::{PairId, PersonId, WorkspaceId};
use crate::core::person::{Pair, Person, Standing};
use crate::core::program::Program;
use crate::core::roster::{self, Existing, Found, Import, Key, Known, Stage};
use crate::slack::user::User;
use crate::store::Store;
use crate::store::listed::Listed;

const IMPORT: &str = "\
Examples:
  rapport pairs import pairs.csv --dry-run     see what would happen
  rapport pairs import pairs.csv
  rapport pairs import pairs.csv --program engineering-spring-cohort --json

The file is a CSV with a column for the mentor and one for the mentee, each an e-mail address or
a Slack id:

  mentor,mentee,start
  ravi@example.org,ana@example.org,2026-05-04
  Tom Ode <tom@example.org>,U024BE7LH,

Columns for start, program, group and connection name may be there; others are ignored. Answers of
a group are shown in numbers of their own where enough people answered. A line that is wrong by
itself is left out and named, and the rest is applied at once; the exit code is 0 then.
Applying a file twice changes nothing. Of a pair that is there already, another connection name or
group is taken over, and another start until the pair is first asked. `rapport serve` welcomes new
people in their working hours.
`-` reads from standard input.";
const LIST: &str = "\
Examples:
  rapport pairs list
  rapport pairs list --program engineering-spring-cohort --json";

/// What Slack told of somebody so lately is taken as it is.
const LATELY: TimeDelta = TimeDelta::hours(4);

/// Import pairs, and look at them
#[derive(clap::Subcommand)]
pub enum Command {
    /// Add pairs from a CSV file
    #[command(after_help = IMPORT)]
    Import(ImportArgs),
    /// Show the pairs of a programme and how they stand
    #[command(after_help = LIST)]
    List(ListArgs),
}

#[derive(clap::Args)]
pub struct ImportArgs {
    /// The file, such as pairs.csv
    file: PathBuf,
    /// The programme of lines that name none
    #[arg(long, value_name = "NAME")]
    program: Option<String>,
    /// Look everything up, and change nothing
    #[arg(long)]
    dry_run: bool,
    /// For scripts
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    settings: Settings,
}

#[derive(clap::Args)]
pub struct ListArgs {
    /// Its name or short name; may be left out if there is one only
    #[arg(long, value_name = "NAME")]
    program: Option<String>,
    /// For scripts
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    settings: Settings,
}

pub async fn run(command: Command, out: Out<'_>) -> anyhow::Result<Verdict> {
    match command {
        Command::Import(args) => import(args, out).await,
        Command::List(args) => list(args, out).await,
    }
}

async fn import(args: ImportArgs, out: Out<'_>) -> anyhow::Result<Verdict> {
    let name = args.file.file_name().unwrap_or(args.file.as_os_str()).to_string_lossy().into_owned();
    let roster = roster::read(&name, &read(&args.file)?)?;
    let client = visit::client(&args.settings)?;
    let us = visit::identity(&client).await?;
    let store = visit::store(&args.settings).await?;
    let programs = store.programs(us.workspace.clone()).await?;
    // Without any programme this says so; with several, lines may name theirs.
    let default = match (&args.program, &programs[..]) {
        (None, [_, _, ..]) => None,
        (name, _) => Some(visit::choose(&programs, name.as_deref())?),
    };
    let there = there(&store, &programs).await?;
    let now = Clock::System.now();
    let mut wanted = roster.wanted();
    let mut people = seen_lately(&store, &us.workspace, &wanted, &there, now).await?;
    wanted.retain(|key| !people.contains_key(key));
    let progress = watch::Sender::new(Progress::default());
    let slack = Directory::new(client, &Clock::System);
    let users = progress::shown(args.json, &progress, slack.look_up(&wanted, &progress)).await.map_err(lookup_error)?;
    people.extend(users.iter().map(|(key, user)| (key.clone(), directory::found(user))));
    let existing = existing(&there, &programs);
    let names: Vec<String> = programs.iter().map(|program| program.name.clone()).collect();
    let today = civil(default.map_or(chrono_tz::Tz::UTC, |program| program.zone), now).date();
    let known = Known {
        people: &people,
        pairs: &existing,
        programs: &names,
        program: default.map(|program| program.name.as_str()),
        today,
    };
    let import = roster::check(&roster, &known);
    let stage = if args.dry_run { Stage::DryRun } else { Stage::Applied };
    let into = |program: &&Program| import.added.iter().any(|pair| pair.program.as_ref() == Some(&program.name));
    programs.iter().filter(into).for_each(|program| warn_if_over(program, now));
    let is_new = !import.added.is_empty() || !import.changed.is_empty();
    if is_new && !args.dry_run {
        let added = pairs(&import, &programs, default, &us.workspace, today);
        let changed = changed(&import, &there, &programs);
        let people = members(&added, &users, &us.workspace, now);
        store.install(us.workspace.clone(), us.bot_user.clone()).await?;
        store.see_people(people).await?;
        store.import_pairs(&us.workspace, added, changed, now).await?;
    }
    store.close().await;
    // A list of which nothing could be used is a wrong input; one wrong line among others is not.
    let useless = import.rows() == import.left_out.len();
    let verdict = if useless { Verdict::Bad } else { Verdict::Good };
    if args.json {
        print_json(out, &import.report(stage))?;
        return Ok(verdict);
    }
    for left_out in &import.left_out {
        writeln!(out, "{left_out}")?;
    }
    for changed in &import.changed {
        writeln!(out, "{changed}")?;
    }
    for note in &import.notes {
        writeln!(out, "{note}")?;
    }
    writeln!(out, "{}", import.closing(stage))?;
    Ok(verdict)
}

/// At most one byte more than may be read, so that what is too large is refused by the reader of rosters.
fn read(file: &Path) -> anyhow::Result<Vec<u8>> {
    let most = u64::try_from(roster::MAX_BYTES).unwrap_or(u64::MAX).saturating_add(1);
    let mut bytes = Vec::new();
    let read = if file == Path::new("-") {
        std::io::stdin().lock().take(most).read_to_end(&mut bytes)
    } else {
        std::fs::File::open(file).and_then(|opened| opened.take(most).read_to_end(&mut bytes))
    };
    read.map_err(|error| anyhow::anyhow!("{} cannot be read: {error}.", file.display()))?;
    Ok(bytes)
}

/// All pairs of these programmes, also those that are over.
async fn there(store: &Store, programs: &[Program]) -> anyhow::Result<Vec<Listed>> {
    let mut there = Vec::new();
    for program in programs {
        there.extend(store.pair_list(program.id.clone()).await?);
    }
    Ok(there)
}

/// Those whom the list names by an id, who are in a pair that goes on, and whom Slack told us about a moment ago: they
/// were taken as members then, and need not be asked for again.
async fn seen_lately(
    store: &Store,
    workspace: &WorkspaceId,
    wanted: &BTreeSet<Key>,
    there: &[Listed],
    now: DateTime<Utc>,
) -> anyhow::Result<BTreeMap<Key, Found>> {
    let going_on = there.iter().filter(|one| one.pair.ended.is_none());
    let in_pairs: BTreeSet<&PersonId> = going_on.flat_map(|one| [&one.pair.mentor, &one.pair.mentee]).collect();
    let ids = wanted.iter().filter(|key| matches!(key, Key::Id(_)));
    let ids = ids.map(|key| PersonId::new(workspace, key.as_str())).filter(|id| in_pairs.contains(id)).collect();
    let lately = |person: &Person| person.deactivated.is_none() && person.looked + LATELY > now;
    let people = store.people(ids).await?.into_iter().filter(lately).map(|person| {
        let user = person.id.user().to_owned();
        (Key::Id(user.clone()), Found { user, standing: roster::Standing::Member })
    });
    Ok(people.collect())
}

fn existing(there: &[Listed], programs: &[Program]) -> Vec<Existing> {
    let existing = |one: &Listed| Existing {
        mentor: one.pair.mentor.user().to_owned(),
        mentee: one.pair.mentee.user().to_owned(),
        program: programs.iter().find(|program| program.id == one.pair.program).map(|program| program.name.clone()),
        start: one.pair.starts,
        connection: one.pair.connection.clone(),
        group: one.pair.group.clone(),
        asked: one.pulses > 0,
        ended: one.pair.ended.is_some(),
    };
    there.iter().map(existing).collect()
}

/// The pairs that change, as they are to be.
fn changed(import: &Import, there: &[Listed], programs: &[Program]) -> Vec<Pair> {
    let known: HashMap<&PairId, &Pair> = there.iter().map(|one| (&one.pair.id, &one.pair)).collect();
    let pair = |change: &roster::ChangedPair| {
        let program = programs.iter().find(|program| Some(&program.name) == change.program.as_ref())?;
        let person = |user: &str| PersonId::new(&program.id.workspace(), user);
        let id = PairId::new(&program.id, &person(&change.mentor), &person(&change.mentee));
        let mut pair = Pair::clone(known.get(&id)?);
        if let Some(start) = &change.start {
            pair.starts = start.to;
        }
        if let Some(connection) = &change.connection {
            pair.connection = connection.to.clone();
        }
        if let Some(group) = &change.group {
            pair.group = group.to.clone();
        }
        Some(pair)
    };
    import.changed.iter().filter_map(pair).collect()
}

fn pairs(
    import: &Import,
    programs: &[Program],
    default: Option<&Program>,
    workspace: &WorkspaceId,
    today: NaiveDate,
) -> Vec<Pair> {
    let pair = |new: &roster::NewPair| {
        let named = new.program.as_ref().and_then(|name| programs.iter().find(|program| program.name == *name));
        let program = named.or(default)?;
        let (mentor, mentee) = (PersonId::new(workspace, &new.mentor), PersonId::new(workspace, &new.mentee));
        Some(Pair {
            id: PairId::new(&program.id, &mentor, &mentee),
            program: program.id.clone(),
            mentor,
            mentee,
            starts: new.start.unwrap_or(today),
            connection: new.connection.clone(),
            group: new.group.clone(),
            ended: None,
            unreachable: None,
        })
    };
    import.added.iter().filter_map(pair).collect()
}

/// Those of the pairs, each once. Addresses end here.
fn members(pairs: &[Pair], users: &BTreeMap<Key, User>, workspace: &WorkspaceId, now: DateTime<Utc>) -> Vec<Person> {
    let wanted: BTreeSet<&PersonId> = pairs.iter().flat_map(|pair| [&pair.mentor, &pair.mentee]).collect();
    let people = users.values().map(|user| user.person(workspace, now));
    let people: BTreeMap<PersonId, Person> = people.map(|person| (person.id.clone(), person)).collect();
    people.into_values().filter(|person| wanted.contains(&person.id)).collect()
}

async fn list(args: ListArgs, out: Out<'_>) -> anyhow::Result<Verdict> {
    let store = visit::store(&args.settings).await?;
    let workspace = visit::workspace(&args.settings, &store).await?;
    let programs = store.programs(workspace).await?;
    let program = visit::choose(&programs, args.program.as_deref())?;
    let pairs = store.pair_list(program.id.clone()).await?;
    store.close().await;
    if args.json {
        print_json(out, &pairs.iter().map(value).collect::<Vec<_>>())?;
        return Ok(Verdict::Good);
    }
    let width = |name: fn(&Listed) -> &str| pairs.iter().map(|one| name(one).chars().count()).max().unwrap_or(0).max(6);
    let (mentee, mentor) = (width(|one| &one.mentee_name), width(|one| &one.mentor_name));
    if !pairs.is_empty() {
        writeln!(out, "{:<mentee$}  {:<9}  {:<mentor$}  {:<9}  starts      pulses", "mentee", "", "mentor", "")?;
    }
    for one in &pairs {
        let (left, right) = (standing(one.mentee), standing(one.mentor));
        let (starts, pulses) = (one.pair.starts, one.pulses);
        write!(
            out,
            "{:<mentee$}  {left:<9}  {:<mentor$}  {right:<9}  {starts}  {pulses:>6}",
            one.mentee_name, one.mentor_name
        )?;
        match (one.pair.ended, &one.unreachable) {
            (Some(at), _) => write!(out, "  ended {}", at.date_naive())?,
            (None, Some(why)) => write!(out, "  cannot be reached: {why}")?,
            (None, None) => {}
        }
        match &one.pair.group {
            Some(group) => writeln!(out, "  in {group}")?,
            None => writeln!(out)?,
        }
    }
    let count = pairs.len();
    writeln!(out, "{count} {} in {}", if count == 1 { "pair" } else { "pairs" }, program.name)?;
    Ok(Verdict::Good)
}

fn standing(standing: Standing) -> &'static str {
    match standing {
        Standing::Invited => "invited",
        Standing::Welcomed { .. } => "welcomed",
        Standing::Started { .. } => "started",
        Standing::Declined { .. } => "declined",
    }
}

fn value(one: &Listed) -> Value {
    let person =
        |id: &PersonId, name: &str, how: Standing| json!({"id": id.user(), "name": name, "standing": standing(how)});
    json!({
        "id": one.pair.id,
        "mentee": person(&one.pair.mentee, &one.mentee_name, one.mentee),
        "mentor": person(&one.pair.mentor, &one.mentor_name, one.mentor),
        "starts": one.pair.starts,
        "ended": one.pair.ended.map(|at| at.to_rfc3339_opts(chrono::SecondsFormat::Secs, true)),
        "connection": one.pair.connection,
        "group": one.pair.group,
        "pulses": one.pulses,
        "unreachable": one.unreachable,
    })
}
