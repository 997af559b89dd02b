//! `rapport questions list` and `check`: what people are asked, and whether a file of own questions is right.

use std::io::Read;
use std::path::{Path, PathBuf};

use serde_json::json;

use super::{Out, Verdict, print_json};
use crate::core::question::{Bank, BankError, Channel, Indicator, Problem, Question, Role, Stage};

const LIST: &str = "\
Examples:
  rapport questions list
  rapport questions list --json

A programme leaves questions out by these names, under [questions] in program.toml, and names a file of
its own there: own = \"my-questions.toml\".";
const CHECK: &str = "\
Examples:
  rapport questions check my-questions.toml
  rapport questions check my-questions.toml --json

The file has one section for each question, such as:

  [[question]]
  id = \"our-tools\"                    # small letters, digits and hyphens
  indicator = \"guidance\"              # growth, communication, guidance, feedback, organisation
  facet = \"resources\"                 # a side of the indicator
  audience = \"both\"                   # both, mentee, mentor: each who is asked needs a text
  mentee = \"My mentor shows me the tools that we use.\"
  mentor = \"I show my mentee the tools that we use.\"
  scale = \"often\"                     # agree, often, amount
  stage = \"any\"                       # start, mid, end, any
  needs = [\"met\"]                     # or left out: what must be known of a pair first
  reverse = false                     # true if \"yes\" is bad
  channel = \"pair\"                    # pair, private
  default_audience = \"Coordinator\"    # Coordinator, Partner, OnlyTotals
  follow_up = \"Open one of them together.\"
  source = \"our handbook\"

A whole bank of the built-in form is checked as well. All mistakes are named at once, each with its
line; the exit code is 1 then. `-` reads from standard input.";

/// Look at the questions, and check a file of your own
#[derive(clap::Subcommand)]
pub enum Command {
    /// Show the questions of the built-in bank by their names
    #[command(after_help = LIST)]
    List(List),
    /// Say all that is wrong with a file of questions
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
    /// The file, such as my-questions.toml
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
    let bank = Bank::built_in();
    if args.json {
        print_json(out, &bank.questions)?;
        return Ok(Verdict::Good);
    }
    for indicator in Indicator::ALL {
        writeln!(out, "{indicator}")?;
        for question in bank.questions.iter().filter(|question| question.indicator == indicator) {
            describe(out, question)?;
        }
        writeln!(out)?;
    }
    writeln!(out, "{} questions, bank version {}", bank.questions.len(), bank.version)?;
    Ok(Verdict::Good)
}

fn describe(out: Out<'_>, question: &Question) -> anyhow::Result<()> {
    let mut facts = vec![format!("{} of {}", question.facet, question.asked), question.scale.to_string()];
    facts.extend(match question.stage {
        Stage::Start => Some("in the first 4 weeks".to_owned()),
        Stage::Mid => Some("from week 8 on".to_owned()),
        Stage::End => Some("in the last 4 weeks".to_owned()),
        Stage::Any => None,
    });
    facts.extend(question.needs.iter().map(|need| format!("needs {need}")));
    facts.extend((question.channel == Channel::Private).then(|| "asked in private".to_owned()));
    facts.extend(question.reverse.then(|| "yes is bad".to_owned()));
    writeln!(out, "  {}  ({})", question.id, facts.join("; "))?;
    let (mentee, mentor) = (question.text(Role::Mentee), question.text(Role::Mentor));
    for (role, text) in [(Role::Mentee, mentee), (Role::Mentor, mentor.filter(|text| Some(*text) != mentee))] {
        if let Some(text) = text {
            writeln!(out, "    {role}: {text}")?;
        }
    }
    Ok(())
}

fn check(args: &Check, out: Out<'_>) -> anyhow::Result<Verdict> {
    let text = read(&args.file)?;
    let checked = if Bank::has_only_questions(&text) {
        Bank::built_in().parse_own(&text).map(|own| (own.len(), "beside the built-in ones"))
    } else {
        Bank::parse(&text).map(|bank| (bank.questions.len(), "in a whole bank"))
    };
    let problems = checked.as_ref().err().map(|BankError { problems }| problems.as_slice()).unwrap_or_default();
    let verdict = if problems.is_empty() { Verdict::Good } else { Verdict::Bad };
    if args.json {
        let told = |problem: &Problem| json!({"line": problem.line, "sentence": problem.sentence});
        let questions = checked.as_ref().map_or(0, |(count, _)| *count);
        let problems: Vec<_> = problems.iter().map(told).collect();
        print_json(out, &json!({"good": problems.is_empty(), "questions": questions, "problems": problems}))?;
        return Ok(verdict);
    }
    let file = args.file.display();
    match checked {
        Ok((count, how)) => {
            let plural = if count == 1 { "question" } else { "questions" };
            writeln!(out, "{file} is right: {count} {plural} {how}.")?;
        }
        Err(error) => {
            let count = error.problems.len();
            writeln!(out, "{file} has {count} {}:", if count == 1 { "mistake" } else { "mistakes" })?;
            writeln!(out, "{error}")?;
        }
    }
    Ok(verdict)
}

/// The questions of a programme's own file.
pub fn own(file: &Path) -> anyhow::Result<Vec<Question>> {
    let text = read(file)?;
    let path = file.display();
    if !Bank::has_only_questions(&text) {
        anyhow::bail!(
            "{path} is a whole bank. Own questions stand under [[question]], and nothing else is in the file."
        );
    }
    let wrong = |error| anyhow::anyhow!("{path}:\n{error}");
    Bank::built_in().parse_own(&text).map_err(wrong)
}

/// A little more than a bank may have is enough to refuse it.
pub(super) fn read(file: &Path) -> anyhow::Result<String> {
    const MOST: u64 = 1024 * 1024;
    let mut bytes = Vec::new();
    let read = if file == Path::new("-") {
        std::io::stdin().lock().take(MOST).read_to_end(&mut bytes)
    } else {
        std::fs::File::open(file).and_then(|opened| opened.take(MOST).read_to_end(&mut bytes))
    };
    read.map_err(|error| anyhow::anyhow!("{} cannot be read: {error}.", file.display()))?;
    String::from_utf8(bytes).map_err(|error| {
        let line =
            1 + error.as_bytes()[..error.utf8_error().valid_up_to()].iter().filter(|byte| **byte == b'\n').count();
        anyhow::anyhow!("{}, line {line}: this is not UTF-8 text. Save the file as UTF-8.", file.display())
    })
}
