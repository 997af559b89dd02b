//! The source text of the product, with comments and strings told apart from code.

use std::fs;
use std::path::{Path, PathBuf};

/// One file under `src/`.
pub struct Source {
    /// From the top of the repository, with `/` between the parts.
    pub path: String,
    /// As it is written.
    pub text: String,
}

impl Source {
    /// The text with comments and what stands in strings blanked out; lines stay where they are.
    pub fn code(&self) -> String {
        blank(&self.text, true)
    }

    /// The text with comments blanked out.
    pub fn without_comments(&self) -> String {
        blank(&self.text, false)
    }

    /// The module of `src/` that it belongs to: `core`, `store`, …, `main`.
    pub fn module(&self) -> &str {
        let inside = self.path.strip_prefix("src/").unwrap_or(&self.path);
        inside.split(['/', '.']).next().unwrap_or(inside)
    }

    /// Whether it is made of tests only.
    pub fn is_test(&self) -> bool {
        self.path.ends_with("/tests.rs") || self.path.contains("/tests/")
    }
}

/// Every Rust file under `src/`, sorted by path.
pub fn all() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    collect(&root.join("src"), &mut files);
    files.sort();
    files
        .into_iter()
        .map(|file| Source {
            path: file
                .strip_prefix(root)
                .expect("it was found below the root")
                .components()
                .map(|part| part.as_os_str().to_string_lossy().into_owned())
                .collect::<Vec<_>>()
                .join("/"),
            text: fs::read_to_string(&file).expect("a source file is readable UTF-8"),
        })
        .collect()
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("src is readable") {
        let path = entry.expect("src is readable").path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
}

/// The string literals of a text without comments, each with the number of the line where it begins.
pub fn strings(without_comments: &str) -> Vec<(usize, String)> {
    let bytes = without_comments.as_bytes();
    let mut found = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let end = literal_end(bytes, at);
        if end > at && bytes[at] != b'\'' {
            let line = without_comments[..at].matches('\n').count() + 1;
            let inside = without_comments[at..end].trim_matches(|c| matches!(c, 'r' | 'b' | '#'));
            found.push((line, inside.trim_matches('"').to_owned()));
        }
        at = end.max(at + 1);
    }
    found
}

fn blank(text: &str, strings_too: bool) -> String {
    let bytes = text.as_bytes();
    let mut out = bytes.to_vec();
    let mut at = 0;
    while at < bytes.len() {
        let comment = comment_end(bytes, at);
        let literal = literal_end(bytes, at);
        let (end, blank) = if comment > at { (comment, true) } else { (literal, strings_too) };
        if end > at && blank {
            out[at..end].iter_mut().filter(|byte| **byte != b'\n').for_each(|byte| *byte = b' ');
        }
        at = end.max(at + 1);
    }
    String::from_utf8(out).expect("whole literals and comments were blanked")
}

/// Where the comment that begins at `at` ends; `at` itself if none does.
fn comment_end(bytes: &[u8], at: usize) -> usize {
    let rest = &bytes[at..];
    if rest.starts_with(b"//") {
        return at + rest.iter().position(|byte| *byte == b'\n').unwrap_or(rest.len());
    }
    if !rest.starts_with(b"/*") {
        return at;
    }
    let (mut depth, mut i) = (1, 2);
    while i < rest.len() && depth > 0 {
        match &rest[i..] {
            [b'/', b'*', ..] => (depth, i) = (depth + 1, i + 2),
            [b'*', b'/', ..] => (depth, i) = (depth - 1, i + 2),
            _ => i += 1,
        }
    }
    at + i
}

/// Where the string or character that begins at `at` ends; `at` itself if none does.
fn literal_end(bytes: &[u8], at: usize) -> usize {
    let rest = &bytes[at..];
    let inside_a_name = at > 0 && (bytes[at - 1].is_ascii_alphanumeric() || bytes[at - 1] == b'_');
    match rest {
        [b'r', ..] | [b'b', b'r', ..] if !inside_a_name => {
            let prefix = if rest[0] == b'b' { 2 } else { 1 };
            let hashes = rest[prefix..].iter().take_while(|byte| **byte == b'#').count();
            if rest.get(prefix + hashes) != Some(&b'"') {
                return at;
            }
            let close = [b"\"".as_slice(), &b"#".repeat(hashes)].concat();
            let body = prefix + hashes + 1;
            let length = rest[body..].windows(close.len()).position(|window| window == close);
            at + length.map_or(rest.len(), |length| body + length + close.len())
        }
        [b'"', ..] => at + quoted(rest, b'"'),
        // A lifetime has no closing quote after one character.
        [b'\'', b'\\', ..] => at + quoted(rest, b'\''),
        [b'\'', first, ..] => {
            let width = match first {
                0xf0.. => 4,
                0xe0.. => 3,
                0xc0.. => 2,
                _ => 1,
            };
            if rest.get(1 + width) == Some(&b'\'') { at + width + 2 } else { at }
        }
        _ => at,
    }
}

/// The length of a literal in quotes, with both of them.
fn quoted(rest: &[u8], quote: u8) -> usize {
    let mut i = 1;
    while i < rest.len() {
        match rest[i] {
            b'\\' => i += 2,
            byte if byte == quote => return i + 1,
            _ => i += 1,
        }
    }
    rest.len()
}

#[test]
fn comments_and_strings_are_told_apart_from_code() {
    let text = r##"let a = "// no comment \" tokio"; // tokio
let b: &'static str = r#"say "tokio""#; /* tokio /* tokio */ tokio */ let c = '"'; let d = 'ä'; // "
let e = br"\"; tokio"##;
    let file = Source { path: "src/core/x.rs".to_owned(), text: text.to_owned() };
    let code = file.code();
    assert_eq!(code.matches("tokio").count(), 1, "{code}");
    assert!(code.ends_with("tokio"), "{code}");
    assert_eq!(code.len(), text.len());
    let found = strings(&file.without_comments());
    let words: Vec<_> = found.iter().map(|(line, words)| (*line, words.as_str())).collect();
    assert_eq!(words, [(1, "// no comment \\\" tokio"), (2, "say \"tokio"), (3, "\\")]);
}
