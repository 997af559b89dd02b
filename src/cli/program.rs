//! `rapport program apply` and `show`: a programme's settings, from its file and back.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use anyhow::{anyhow, bail};
use chrono::{DateTime, SecondsFormat, Utc};
use serde_json::{Value, json};
use tokio::sync::watch;

use super::{Out, Verdict, failure, print_json, progress, visit};
use crate::app::directory::{self, Directory, LookupError, Progress};
use crate::clock::Clock;
use crate::config::Settings;
use crate::core::cadence::civil;
use crate::core::help::HelpTo;
use crate::core::id::{PersonId, WorkspaceId};
use crate::core::person::{Pair, Person};
use crate::core::program::Program;
use crate::core::program::file::ProgramFile;
use crate::core::question::Bank;
use crate::core::roster::{Key, Standing};
use crate::slack::user::User;
use crate::store::listed::Applied;

const APPLY: &str = "\
Examples:
  cp program.example.toml program.toml && rapport program apply program.toml
  rapport program apply program.toml --dry-run

Applying the same file again changes nothing. A changed file changes the programme of the same
name; pulses that are out already stay as they are.";
const SHOW: &str = "\
Examples:
  rapport program show                    all programmes
  rapport program show engineering --json";

/// Begin a programme, change it, look at it
#[derive(clap::Subcommand)]
pub enum Command {
    /// Begin a programme as a file describes it, or change it
    #[command(after_help = APPLY)]
    Apply(Apply),
    /// Show the programmes and when they ask next
    #[command(after_help = SHOW)]
    Show(Show),
}

#[derive(clap::Args)]
pub struct Apply {
    /// The file, such as program.toml
    file: PathBuf,
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
pub struct Show {
    /// Its name or short name; all without it
    program: Option<String>,
    /// For scripts
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    settings: Settings,
}

pub async fn run(command: Command, out: Out<'_>) -> anyhow::Result<Verdict> {
    match command {
        Command::Apply(args) => apply(args, out).await,
        Command::Show(args) => show(args, out).await,
    }
}

async fn apply(args: Apply, out: Out<'_>) -> anyhow::Result<Verdict> {
    let file = read(&args.file)?;
    for warning in &file.warnings {
        let line = warning.line.map(|line| format!(", line {line}")).unwrap_or_default();
        eprintln!("warning: {}{line}: {}", args.file.display(), warning.sentence);
    }
    let client = visit::client(&args.settings)?;
    let us = visit::identity(&client).await?;
    let asked = file.help_to.iter().chain(&file.deputy);
    let wanted: BTreeSet<_> = file.coordinators.iter().chain(asked).cloned().collect();
    let progress = watch::Sender::new(Progress::default());
    let slack = Directory::new(client, &Clock::System);
    let found = progress::shown(args.json, &progress, slack.look_up(&wanted, &progress)).await.map_err(lookup_error)?;
    let now = Clock::System.now();
    let mut people: Vec<Person> = Vec::new();
    let mut wrong: Vec<String> = Vec::new();
    for key in &file.coordinators {
        match found.get(key).map(|user| (user, directory::found(user).standing)) {
            Some((user, Standing::Member)) => people.push(user.person(&us.workspace, now)),
            None => wrong.push(format!("Nobody active in Slack is known by {key}: check the spelling.")),
            Some((_, Standing::Bot)) => wrong.push(format!("{key} is a bot, and nobody would read the digest.")),
            Some((_, Standing::Deactivated)) => wrong.push(format!("The Slack account of {key} is deactivated.")),
            Some((_, Standing::Stranger)) => {
                wrong.push(format!("{key} belongs to another organisation, and coordinators are members of this one."));
            }
            Some((_, Standing::Guest)) => {
                wrong.push(format!("{key} is a guest in Slack, and coordinators are full members."));
            }
        }
    }
    if !wrong.is_empty() {
        let line = file.coordinators_line.map(|line| format!(", line {line}")).unwrap_or_default();
        bail!("{}{line}: not everybody in `coordinators` can be one.\n{}", args.file.display(), wrong.join("\n"));
    }
    let mut seen = BTreeSet::new();
    people.retain(|person| seen.insert(person.id.clone()));
    let coordinators: Vec<PersonId> = people.iter().map(|person| person.id.clone()).collect();
    let help = help_to(&args.file, &file, &found, &coordinators, &us.workspace)?;
    people.extend(deputy(&file, &found, &us.workspace, now).filter(|one| !coordinators.contains(&one.id)));
    let mut program = file.resolve(&us.workspace, coordinators);
    program.help = help;
    warn_if_over(&program, now);
    let outcome = if args.dry_run {
        "checked; nothing was changed"
    } else {
        let store = visit::store(&args.settings).await?;
        store.install(us.workspace.clone(), us.bot_user.clone()).await?;
        store.see_people(people).await?;
        let applied = store.apply_program(&program, now).await?;
        store.close().await;
        match applied {
            Applied::New => "is a new programme",
            Applied::Changed => "was changed",
            Applied::Same => "is as it was",
        }
    };
    if args.json {
        print_json(out, &json!({"outcome": outcome, "program": value(&program)}))?;
    } else {
        writeln!(out, "{} {outcome}.\n", program.name)?;
        describe(out, &program)?;
    }
    Ok(Verdict::Good)
}

/// Who is asked for help: coordinators alone, and a deputy who is a full member.
fn help_to(
    path: &Path,
    file: &ProgramFile,
    found: &BTreeMap<Key, User>,
    coordinators: &[PersonId],
    workspace: &WorkspaceId,
) -> anyhow::Result<HelpTo> {
    let mut help = HelpTo::default();
    let mut wrong: Vec<String> = Vec::new();
    for key in &file.help_to {
        match found.get(key).map(|user| PersonId::new(workspace, &user.id)).filter(|id| coordinators.contains(id)) {
            Some(id) => help.coordinators.push(id),
            None => wrong.push(format!("{key} is none of the `coordinators`, and only they are asked for help.")),
        }
    }
    if let Some(key) = &file.deputy {
        match found.get(key).filter(|user| directory::found(user).standing == Standing::Member) {
            Some(user) => help.deputy = Some(PersonId::new(workspace, &user.id)),
            None => wrong.push(format!("{key} is no active member of this workspace, and so no deputy.")),
        }
    }
    if wrong.is_empty() {
        return Ok(help);
    }
    let line = file.help_line.map(|line| format!(", line {line}")).unwrap_or_default();
    bail!("{}{line}: not everybody under `help` can be asked.\n{}", path.display(), wrong.join("\n"));
}

fn deputy(
    file: &ProgramFile,
    found: &BTreeMap<Key, User>,
    workspace: &WorkspaceId,
    now: DateTime<Utc>,
) -> Option<Person> {
    found.get(file.deputy.as_ref()?).map(|user| user.person(workspace, now))
}

fn read(file: &Path) -> anyhow::Result<ProgramFile> {
    let text = std::fs::read_to_string(file)
        .map_err(|error| anyhow::anyhow!("{} cannot be read: {error}.", file.display()))?;
    let wrong = |error| anyhow::anyhow!("{} is not a programme yet:\n{error}", file.display());
    let mut program = ProgramFile::parse(&text, Bank::built_in()).map_err(wrong)?;
    if let Some(own) = &program.own_file {
        let path = file.parent().unwrap_or(Path::new(".")).join(own);
        let wrong = |error| anyhow!("{}, `own`: {error}", file.display());
        program.own = super::questions::own(&path).map_err(wrong)?;
    }
    if let Some(guides) = &program.guides_file {
        let path = file.parent().unwrap_or(Path::new(".")).join(guides);
        let wrong = |error| anyhow!("{}, `guides`: {error}", file.display());
        program.guides = super::guides::own(&path).map_err(wrong)?;
    }
    Ok(program)
}

/// A programme that is over asks nobody, and nothing else would say so.
pub fn warn_if_over(program: &Program, now: DateTime<Utc>) {
    let today = civil(program.zone, now).date();
    if let Some(ends) = program.ends.filter(|ends| *ends < today) {
        eprintln!("warning: {} ended on {ends}; nobody is asked any more.", program.name);
    }
}

/// What a failed look-up means for whoever typed the command.
pub fn lookup_error(error: LookupError) -> anyhow::Error {
    match error {
        LookupError::Slack(failure) => failure::error(failure),
        other => other.into(),
    }
}

async fn show(args: Show, out: Out<'_>) -> anyhow::Result<Verdict> {
    let store = visit::store(&args.settings).await?;
    let workspace = visit::workspace(&args.settings, &store).await?;
    let programs = store.programs(workspace).await?;
    let chosen: Vec<&Program> = match &args.program {
        Some(name) => vec![visit::choose(&programs, Some(name))?],
        None => programs.iter().collect(),
    };
    let mut groups = Vec::with_capacity(chosen.len());
    for program in &chosen {
        groups.push(count_groups(store.pairs(program.id.clone()).await?));
    }
    store.close().await;
    if args.json {
        let shown = chosen.iter().zip(&groups).map(|(program, groups)| {
            let mut shown = value(program);
            shown["groups"] = json!(groups);
            shown
        });
        print_json(out, &shown.collect::<Vec<_>>())?;
        return Ok(Verdict::Good);
    }
    if chosen.is_empty() {
        writeln!(out, "There is no programme yet. Begin one with `rapport program apply program.toml`.")?;
    }
    for (index, (program, groups)) in chosen.iter().zip(&groups).enumerate() {
        let gap = if index == 0 { "" } else { "\n" };
        writeln!(out, "{gap}{}", program.name)?;
        describe(out, program)?;
        let groups: Vec<String> = groups.iter().map(|(group, pairs)| format!("{group} ({pairs})")).collect();
        if !groups.is_empty() {
            writeln!(out, "  groups        {}", groups.join(", "))?;
        }
    }
    Ok(Verdict::Good)
}

/// How many pairs go on in each group.
fn count_groups(pairs: Vec<Pair>) -> BTreeMap<String, usize> {
    let mut groups = BTreeMap::new();
    for group in pairs.into_iter().filter(|pair| pair.ended.is_none()).filter_map(|pair| pair.group) {
        *groups.entry(group).or_insert(0) += 1;
    }
    groups
}

fn describe(out: Out<'_>, program: &Program) -> anyhow::Result<()> {
    let coordinators: Vec<&str> = program.coordinators.iter().map(PersonId::user).collect();
    let ends = program.ends.map(|day| format!(" to {day}")).unwrap_or_default();
    writeln!(out, "  short name    {}", program.id.slug())?;
    writeln!(out, "  runs          {}{ends}", program.starts)?;
    writeln!(out, "  coordinators  {}", coordinators.join(", "))?;
    if !program.help.coordinators.is_empty() {
        let asked: Vec<&str> = program.help.coordinators.iter().map(PersonId::user).collect();
        writeln!(out, "  help goes to  {}", asked.join(", "))?;
    }
    if let Some(deputy) = &program.help.deputy {
        writeln!(out, "  deputy        {}", deputy.user())?;
    }
    writeln!(
        out,
        "  asks          {} in {}, open for {} working days",
        program.cadence, program.hours, program.open_days
    )?;
    writeln!(out, "  digest        {}", program.digest)?;
    writeln!(out, "  threshold     {} people", program.threshold)?;
    if !program.leave_out.is_empty() {
        let left_out: Vec<&str> = program.leave_out.iter().map(|id| id.as_str()).collect();
        writeln!(out, "  leaves out    {}", left_out.join(", "))?;
    }
    if !program.own.asked.is_empty() {
        let own: Vec<&str> = program.own.asked.iter().map(|question| question.id.as_str()).collect();
        writeln!(out, "  asks also     {}", own.join(", "))?;
    }
    if !program.guides.is_empty() {
        let guides: Vec<&str> = program.guides.iter().map(|guide| guide.id.as_str()).collect();
        writeln!(out, "  guides        {}", guides.join(", "))?;
    }
    for (index, at) in next_runs(program, Clock::System.now()).iter().enumerate() {
        let label = if index == 0 { "next (in its zone)" } else { "" };
        writeln!(out, "  {label:<18}  {}", at.with_timezone(&program.zone).format("%a %Y-%m-%d %H:%M %Z"))?;
    }
    Ok(())
}

/// The next three times at which the programme asks, by the clocks of its own zone.
pub fn next_runs(program: &Program, now: DateTime<Utc>) -> Vec<DateTime<Utc>> {
    let begin = crate::core::cadence::instant(program.zone, program.starts.into());
    let after = now.max(begin - chrono::TimeDelta::seconds(1));
    let strikes = program.cadence.strikes(program.zone, after);
    strikes
        .take_while(|strike| program.ends.is_none_or(|ends| strike.occurrence <= ends))
        .take(3)
        .map(|s| s.at)
        .collect()
}

fn value(program: &Program) -> Value {
    let next = next_runs(program, Clock::System.now());
    let next: Vec<String> = next.iter().map(|at| at.to_rfc3339_opts(SecondsFormat::Secs, true)).collect();
    json!({
        "id": program.id.slug(), "name": program.name, "starts": program.starts, "ends": program.ends,
        "coordinators": program.coordinators.iter().map(PersonId::user).collect::<Vec<_>>(),
        "cadence": program.cadence.as_str(), "hours": program.hours.to_string(), "zone": program.zone.name(),
        "open_days": program.open_days, "digest": program.digest.as_str(), "threshold": program.threshold,
        "leave_out": program.leave_out, "own": program.own.asked, "guides": program.guides, "safety": program.safety,
        "next": next,
        "help": {
            "to": program.help.coordinators.iter().map(PersonId::user).collect::<Vec<_>>(),
            "deputy": program.help.deputy.as_ref().map(PersonId::user),
        },
    })
}
