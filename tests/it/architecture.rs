//! Who may know whom, and where clock, chance, settings, SQL and blocks may stand. Each failure is a sentence.

use crate::source::{self, Source, strings};

/// The doors of the house: the modules at the top of `src/`.
const MODULES: [&str; 9] = ["core", "store", "slack", "app", "sim", "cli", "config", "clock", "main"];

/// The most lines that a file has. One that wants to be longer wants to be two.
const LINES_MAX: usize = 350;

/// What the core never says: it decides, and somebody else waits, asks and acts.
const NOT_IN_CORE: [&str; 16] = [
    "async",
    "await",
    "sqlx",
    "tokio",
    "reqwest",
    "axum",
    "hyper",
    "slack_morphism",
    "slack",
    "SystemTime",
    "Instant",
    "Utc::now",
    "Local::now",
    "std::env",
    "std::fs",
    "std::net",
];

/// What stands in one place only, with that place and the way around.
const DOORS: [(&[&str], &[&str], &str); 3] = [
    (&["Utc::now", "Local::now", "SystemTime::now"], &["src/clock.rs"], "time comes in through src/clock.rs"),
    (
        &["rand::rng", "rand::random", "thread_rng", "Uuid::new_v4", "OsRng", "SysRng"],
        &["src/clock.rs", "src/store/vault.rs"],
        "chance comes in through src/clock.rs",
    ),
    (
        &["env::var", "env::vars", "env::var_os", "env::vars_os"],
        &["src/config.rs", "src/config/file.rs"],
        "settings come in through src/config.rs",
    ),
];

#[test]
fn the_house_stands_as_the_architecture_says() {
    let files = source::all();
    assert!(files.len() > 50, "only {} files were found under src/", files.len());
    let broken: Vec<String> = files.iter().flat_map(broken_rules).collect();
    assert!(broken.is_empty(), "\n{}\n", broken.join("\n"));
}

fn broken_rules(file: &Source) -> Vec<String> {
    let code = file.code();
    let mut broken = Vec::new();
    length(file, &mut broken);
    purity(file, &code, &mut broken);
    neighbours(file, &code, &mut broken);
    doors(file, &code, &mut broken);
    words_of_others(file, &code, &mut broken);
    broken
}

fn length(file: &Source, broken: &mut Vec<String>) {
    let lines = file.text.lines().count();
    if lines > LINES_MAX {
        broken.push(format!("{}:{lines}: longer than {LINES_MAX} lines; it wants to be two files", file.path));
    }
}

fn purity(file: &Source, code: &str, broken: &mut Vec<String>) {
    if file.module() != "core" {
        return;
    }
    for (word, line) in NOT_IN_CORE.iter().flat_map(|word| lines_with(code, word).map(move |line| (word, line))) {
        broken.push(format!(
            "{}:{line}: the core says `{word}`; it is pure, so return a value and let `app` act on it",
            file.path
        ));
    }
}

/// The modules that the given one must not name.
fn strangers(module: &str) -> Vec<&'static str> {
    let allowed: &[&str] = match module {
        "core" => &["core"],
        // These three meet in `app`, nowhere else.
        "slack" => &["slack", "core", "config", "clock"],
        "store" => &["store", "core", "config", "clock"],
        "sim" => &["sim", "core", "config", "clock"],
        "app" => &["app", "core", "store", "slack", "config", "clock"],
        "cli" => &["cli", "app", "core", "store", "slack", "sim", "config", "clock"],
        "config" | "clock" => &["config", "clock", "core"],
        // main.rs and lib.rs.
        _ => &MODULES,
    };
    MODULES.into_iter().filter(|other| !allowed.contains(other)).collect()
}

fn neighbours(file: &Source, code: &str, broken: &mut Vec<String>) {
    let strangers = strangers(file.module());
    for (line, named) in named_modules(file, code) {
        if strangers.contains(&named.as_str()) {
            broken.push(format!(
                "{}:{line}: `{}` names `{named}`; they do not know each other, see docs/ARCHITECTURE.md",
                file.path,
                file.module()
            ));
        }
    }
}

fn doors(file: &Source, code: &str, broken: &mut Vec<String>) {
    for (calls, places, sentence) in DOORS {
        if places.contains(&file.path.as_str()) {
            continue;
        }
        for (call, line) in calls.iter().flat_map(|call| lines_with(code, call).map(move |line| (call, line))) {
            broken.push(format!("{}:{line}: `{call}` stands here; {sentence}", file.path));
        }
    }
}

/// SQL belongs to the store, and Slack's blocks to the renderers.
fn words_of_others(file: &Source, code: &str, broken: &mut Vec<String>) {
    let text = file.without_comments();
    if file.module() != "store" {
        for line in lines_with(code, "sqlx") {
            broken.push(format!("{}:{line}: `sqlx` outside the store; give the store an operation", file.path));
        }
        for (line, _) in strings(&text).iter().filter(|(_, words)| is_sql(words)) {
            broken.push(format!("{}:{line}: SQL outside the store; give the store an operation", file.path));
        }
    }
    if !matches!(file.module(), "slack" | "sim") {
        for (line, _) in strings(&text).iter().filter(|(_, words)| words == "blocks") {
            broken.push(format!(
                "{}:{line}: blocks outside slack/ and sim/; say it as a `Message` and render it in slack/render",
                file.path
            ));
        }
    }
}

/// A sentence begins with a capital letter, SQL does not; shouted SQL is noticed too.
fn is_sql(words: &str) -> bool {
    let words = words.trim_start_matches(['\\', '\n', ' ']);
    [("select ", " from "), ("insert into ", " "), ("update ", " set "), ("delete from ", " "), ("create table ", "(")]
        .iter()
        .any(|(verb, later)| {
            let is = |verb: &str, later: &str| words.starts_with(verb) && words.contains(later);
            is(verb, later) || is(&verb.to_uppercase(), &later.to_uppercase())
        })
}

/// The numbers of the lines on which `word` stands by itself.
fn lines_with(code: &str, word: &str) -> impl Iterator<Item = usize> {
    let is_name = |c: char| c.is_alphanumeric() || c == '_';
    code.match_indices(word)
        .filter(|(at, _)| !code[..*at].ends_with(is_name) && !code[at + word.len()..].starts_with(is_name))
        .map(|(at, _)| line_of(code, at))
        .collect::<Vec<_>>()
        .into_iter()
}

fn line_of(code: &str, at: usize) -> usize {
    code[..at].matches('\n').count() + 1
}

/// The top-level modules that the code names: by `crate::x`, `rapport::x`, `crate::{x, y::z}`, or by going up with
/// `super` as far as the top.
fn named_modules(file: &Source, code: &str) -> Vec<(usize, String)> {
    let mut named = Vec::new();
    for root in ["crate::", "rapport::"] {
        for (at, _) in code.match_indices(root) {
            named.extend(first_names(&code[at + root.len()..]).into_iter().map(|name| (line_of(code, at), name)));
        }
    }
    // `src/a.rs` and `src/a/mod.rs` are one step from the top, `src/a/b.rs` two.
    let inside = file.path.trim_start_matches("src/").trim_end_matches(".rs").trim_end_matches("/mod");
    let top = "super::".repeat(inside.split('/').count());
    for (at, _) in code.match_indices(&top).filter(|(at, _)| !code[..*at].ends_with("super::")) {
        let rest = code[at..].trim_start_matches("super::");
        named.extend(first_names(rest).into_iter().map(|name| (line_of(code, at), name)));
    }
    named
}

/// `a` of `a::b`; `a` and `c` of `{a::b, c}`.
fn first_names(path: &str) -> Vec<String> {
    let name = |text: &str| text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>();
    let Some(group) = path.strip_prefix('{') else {
        return vec![name(path)];
    };
    let (mut depth, mut names, mut start) = (0, Vec::new(), 0);
    for (at, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth > 0 => depth -= 1,
            ',' | '}' if depth == 0 => {
                names.push(name(group[start..at].trim_start()));
                start = at + 1;
                if c == '}' {
                    break;
                }
            }
            _ => {}
        }
    }
    names
}

#[test]
fn a_broken_rule_is_noticed() {
    for (path, text, expected) in [
        ("src/core/x.rs", "pub async fn f() {}", "src/core/x.rs:1: the core says `async`"),
        ("src/core/x.rs", "\nuse tokio::time;", "src/core/x.rs:2: the core says `tokio`"),
        ("src/core/x/y.rs", "use crate::slack::fate;", "the core says `slack`"),
        ("src/core/x/y.rs", "use crate::store::Store;", "`core` names `store`"),
        ("src/core/x.rs", "let now = chrono::Utc::now();", "the core says `Utc::now`"),
        ("src/slack/x.rs", "use crate::{core::id, store::{a, b}};", "src/slack/x.rs:1: `slack` names `store`"),
        ("src/store/x.rs", "use super::super::sim::World;", "`store` names `sim`"),
        ("src/sim/mod.rs", "use super::slack::fate;", "`sim` names `slack`"),
        ("src/sim/x.rs", "\n\nuse crate::app::App;", "src/sim/x.rs:3: `sim` names `app`"),
        ("src/app/x.rs", "use crate::cli::Args;", "`app` names `cli`"),
        ("src/config.rs", "use crate::app::App;", "`config` names `app`"),
        ("src/app/x.rs", "let t = Utc::now();", "time comes in through src/clock.rs"),
        ("src/sim/x.rs", "let n: f64 = rand::random();", "chance comes in through src/clock.rs"),
        ("src/cli/x.rs", "std::env::var(\"PORT\")", "settings come in through src/config.rs"),
        ("src/app/x.rs", "let q = \"select name from pair\";", "SQL outside the store"),
        ("src/cli/x.rs", "sqlx::query(q)", "`sqlx` outside the store"),
        ("src/app/x.rs", "json!({\n\"blocks\": []})", "src/app/x.rs:2: blocks outside"),
        ("src/slack/x.rs", &"\n".repeat(351), "longer than 350 lines"),
    ] {
        let file = Source { path: path.to_owned(), text: text.to_owned() };
        let broken = broken_rules(&file).join("\n");
        assert!(broken.contains(expected), "{path}: {text:?} should say {expected:?} and says {broken:?}");
    }
}

#[test]
fn what_is_allowed_is_left_alone() {
    for (path, text) in [
        ("src/core/x.rs", "// tokio, async, Slack\nlet slack_time = \"tokio::spawn in slack\";"),
        ("src/core/x/y.rs", "use super::super::id::PairId; use crate::core::pulse;"),
        ("src/app/x.rs", "use crate::{clock::Clock, core::id, slack::render, store::Store}; x.await"),
        ("src/cli/x.rs", "use crate::app::serve; let s = \"Select a pair from the list\".len();"),
        ("src/clock.rs", "Utc::now(); rand::random::<f64>(); Uuid::new_v4()"),
        ("src/main.rs", "rapport::cli::run()"),
        ("src/slack/x.rs", "json!({\"blocks\": []})"),
        ("src/slack/x.rs", &"\n".repeat(350)),
    ] {
        let file = Source { path: path.to_owned(), text: text.to_owned() };
        let broken = broken_rules(&file);
        assert!(broken.is_empty(), "{path}: {text:?}: {broken:?}");
    }
}
