//! Files of settings, one NAME=value a line, and names in them and in the environment that nothing reads.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use clap::{Args, Command};

use super::{ConfigError, Settings};
use crate::core::slip::nearest;

/// What our own names begin with: one of these that is not known is a slip, whatever it looks like.
const OURS: &str = "RAPPORT_";
/// Other tools have settings that begin so; only what is close to one of ours is taken for a slip.
const SLACKS: &str = "SLACK_";
/// The longest file that is searched for the line that is wrong.
const LINES: usize = 2_000;

/// Reads the file that `--env-file` or RAPPORT_ENV_FILE names, and `.env` in the working directory. What the
/// environment says already stands. To be called before anything else runs. Returns a sentence for each name that
/// stands twice, or that nothing reads and that somebody may have meant as another one.
///
/// # Errors
/// A file that was named cannot be read, or a line of a file is no setting.
pub fn read_env_files(args: &[String]) -> Result<Vec<String>, ConfigError> {
    let flag = args.iter().position(|arg| arg == "--env-file").and_then(|at| args.get(at + 1)).cloned();
    let flag = flag.or_else(|| args.iter().find_map(|arg| arg.strip_prefix("--env-file=").map(str::to_owned)));
    let named = flag.or_else(|| std::env::var("RAPPORT_ENV_FILE").ok()).filter(|name| !name.is_empty());
    let (mut names, mut odd) = (Vec::new(), Vec::new());
    if let Some(file) = named.map(PathBuf::from) {
        odd.extend(twice(&file, &names_in(&file)));
        names = names_in(&file);
        dotenvy::from_path(&file).map_err(|error| refusal("RAPPORT_ENV_FILE", &file, error))?;
    }
    let usual = Path::new(".env");
    odd.extend(twice(usual, &names_in(usual)));
    names.extend(names_in(usual));
    match dotenvy::from_path(usual) {
        Err(error) if !error.not_found() => return Err(refusal(".env", usual, error)),
        _ => {}
    }
    let given = std::env::vars_os().filter_map(|(name, _)| name.into_string().ok());
    let prefixed = given.filter(|name| name.starts_with(OURS) || name.starts_with(SLACKS));
    names.extend(prefixed);
    names.sort();
    names.dedup();
    let known = known();
    odd.extend(names.iter().filter_map(|name| slip(name, &known)));
    Ok(odd)
}

/// The first value of a name counts, even an empty one: whoever wrote another below it should know.
fn twice(file: &Path, names: &[String]) -> Vec<String> {
    let mut seen = BTreeSet::new();
    let again: BTreeSet<&String> = names.iter().filter(|name| !seen.insert(*name)).collect();
    again.into_iter().map(|name| format!("{name} stands twice in {}; the first one counts.", file.display())).collect()
}

/// The names in a file, as far as it can be read.
fn names_in(file: &Path) -> Vec<String> {
    let lines = dotenvy::from_path_iter(file).into_iter().flatten();
    lines.filter_map(Result::ok).map(|(name, _)| name).collect()
}

/// The names that settings have.
fn known() -> Vec<String> {
    let command = Settings::augment_args(Command::new("rapport"));
    let names = command.get_arguments().filter_map(clap::Arg::get_env);
    names.map(|name| name.to_string_lossy().into_owned()).collect()
}

fn slip(name: &str, known: &[String]) -> Option<String> {
    if known.iter().any(|one| one == name) {
        return None;
    }
    match nearest(name, known.iter().map(String::as_str)) {
        Some(near) => Some(format!("Nothing reads {name}; did you mean {near}?")),
        None if name.starts_with(OURS) => {
            Some(format!("Nothing reads {name}; `rapport serve --help` lists all settings."))
        }
        None => None,
    }
}

fn refusal(name: &'static str, file: &Path, error: dotenvy::Error) -> ConfigError {
    let sentence = match error {
        dotenvy::Error::Io(error) => format!("The file {} cannot be read ({error}).", file.display()),
        // The crate's own words for a bad line quote the line, and it may hold a token.
        _ => {
            let text = std::fs::read_to_string(file).unwrap_or_default();
            let place = bad_line(&text).map_or_else(|| "A line".to_owned(), |line| format!("Line {line}"));
            let why = "is not NAME=value; a value with blanks or # stands in quotes";
            format!("{place} of the file {} {why}.", file.display())
        }
    };
    ConfigError { name, sentence }
}

/// The line, from 1, in which the first setting begins that cannot be read: the lines before it can, together with any
/// more they cannot.
fn bad_line(text: &str) -> Option<usize> {
    let ends = text.match_indices('\n').map(|(at, _)| at + 1).take(LINES);
    let is_good = |end: &usize| dotenvy::from_read_iter(&text.as_bytes()[..*end]).all(|line| line.is_ok());
    let good = std::iter::once(0).chain(ends).filter(is_good).last()?;
    Some(text[..good].matches('\n').count() + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_bad_line_is_found_behind_values_of_several_lines() {
        for (text, line) in [
            ("A=1\nB=2 3\nC=4\n", 2),
            ("A=\"one\ntwo\"\n\n# more\nB\n", 5),
            ("A=1\nB=\"never closed\nC=2\n", 2),
            ("what is this", 1),
        ] {
            assert_eq!(bad_line(text), Some(line), "{text}");
        }
    }

    #[test]
    fn a_name_that_nothing_reads_is_a_slip_if_it_is_ours_or_near_one_of_ours() {
        let known = known();
        let said = |name| slip(name, &known).unwrap_or_default();
        assert_eq!(said("SLACK_BOT_TOKN"), "Nothing reads SLACK_BOT_TOKN; did you mean SLACK_BOT_TOKEN?");
        assert_eq!(said("DATABSE_URL"), "Nothing reads DATABSE_URL; did you mean DATABASE_URL?");
        assert!(said("RAPPORT_COLOURS").contains("lists all settings"));
        for name in ["SLACK_BOT_TOKEN", "RAPPORT_LOG", "SLACK_WEBHOOK_URL", "EDITOR"] {
            assert_eq!(said(name), "", "{name}");
        }
    }
}
