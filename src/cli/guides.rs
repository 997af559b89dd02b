//! `rapport guides list` and `check`: what pairs may talk about in a session, and whether a file of own guides is right.

use std::path::{Path, PathBuf};

use serde_json::json;

use super::questions::read;
use super::{Out, Verdict, print_json};
use crate::core::guide::{self, Guide};
use crate::core::question::{BankError, Problem, Role};

const LIST: &str = "\
Examples:
  rapport guides list
  rapport guides list --json > guides.json

A programme replaces them with a file of its own, under [meetings] in program.toml:
guides = \"my-guides.toml\".";
const CHECK: &str = "\
Examples:
  rapport guides check my-guides.toml
  rapport guides check my-guides.toml --json

The file has one section for each guide, such as:

  version = 1

  [[guide]]
  id = \"our-town\"                     # small letters, digits and hyphens
  stage = \"any\"                       # start, mid, end, any
  indicator = \"organisation\"          # growth, communication, guidance, feedback, organisation
  needs = []                          # [\"goal\"]: only for pairs with an open goal
  title = \"Our town\"
  ask = [\"Which place here do you like?\", \"Where have you not been yet?\"]
  mentee = \"Think of one question about the town.\"
  mentor = \"Choose a place to show.\"
  source = \"our handbook\"

Each stage needs a guide without `needs`. All mistakes are named at once, each with its line; the
exit code is 1 then. `-` reads from standard
input.";

/// Look at the session guides, and check a file of your own
#[derive(clap::Subcommand)]
pub enum Command {
    /// Show the session guides that come with rapport
    #[command(after_help = LIST)]
    List(List),
    /// Say all that is wrong with a file of session guides
    #[command(after_help = CHECK)]
    Check(Check),
}

#[derive(clap::Args)]
pub struct List {
    /// For scripts
    #[arg(long)]
    json: bool,
}

#[derive(clap::Args)]
pub struct Check {
    /// The file, such as my-guides.toml
    file: PathBuf,
    /// For scripts
    #[arg(long)]
    json: bool,
}

pub fn run(command: Command, out: Out<'_>) -> anyhow::Result<Verdict> {
    match command {
        Command::List(args) => list(&args, out),
        Command::Check(args) => check(&args, out),
    }
}

fn list(args: &List, out: Out<'_>) -> anyhow::Result<Verdict> {
    let guides = guide::built_in();
    if args.json {
        print_json(out, &guides)?;
        return Ok(Verdict::Good);
    }
    for guide in guides {
        let needs: Vec<String> = guide.needs.iter().map(|need| format!("; needs {need}")).collect();
        writeln!(out, "{}  ({}; {}{})", guide.id, guide.stage, guide.indicator, needs.concat())?;
        writeln!(out, "  {}", guide.title)?;
        for question in &guide.ask {
            writeln!(out, "    - {question}")?;
        }
        for role in [Role::Mentee, Role::Mentor] {
            writeln!(out, "    {role}: {}", guide.prepare(role))?;
        }
    }
    writeln!(out, "\n{} guides", guides.len())?;
    Ok(Verdict::Good)
}

fn check(args: &Check, out: Out<'_>) -> anyhow::Result<Verdict> {
    let checked = guide::parse(&read(&args.file)?);
    let problems = checked.as_ref().err().map(|BankError { problems }| problems.as_slice()).unwrap_or_default();
    let verdict = if problems.is_empty() { Verdict::Good } else { Verdict::Bad };
    let count = checked.as_ref().map_or(0, Vec::len);
    if args.json {
        let told = |problem: &Problem| json!({"line": problem.line, "sentence": problem.sentence});
        let problems: Vec<_> = problems.iter().map(told).collect();
        print_json(out, &json!({"good": problems.is_empty(), "guides": count, "problems": problems}))?;
        return Ok(verdict);
    }
    let file = args.file.display();
    match &checked {
        Ok(_) => {
            writeln!(out, "{file} is right: {count} {}.", if count == 1 { "guide" } else { "guides" })?;
        }
        Err(error) => {
            let count = problems.len();
            writeln!(out, "{file} has {count} {}:", if count == 1 { "mistake" } else { "mistakes" })?;
            writeln!(out, "{error}")?;
        }
    }
    Ok(verdict)
}

/// The guides of a programme's own file.
pub fn own(file: &Path) -> anyhow::Result<Vec<Guide>> {
    guide::parse(&read(file)?).map_err(|error| anyhow::anyhow!("{}:\n{error}", file.display()))
}
