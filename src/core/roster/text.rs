//! From the bytes of a file to its text, whatever program wrote it.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use super::MAX_BYTES;
use super::trouble::{Kind, Trouble};

/// The text of a file in UTF-8, UTF-16 (each with or without a byte order mark) or Windows-1252.
pub(super) fn decode(bytes: &[u8]) -> Result<String, Trouble> {
    if bytes.len() > MAX_BYTES {
        return Err(Trouble::TooBig { bytes: bytes.len() });
    }
    if let Some(kind) = kind_by_signature(bytes) {
        return Err(Trouble::NotCsv(kind));
    }
    let text = in_encoding(bytes)?;
    // Two files put together leave a second mark, which would hide a quote at the beginning.
    let text = text.trim_start_matches('\u{feff}');
    if text.trim().is_empty() {
        return Err(Trouble::Empty);
    }
    match kind_by_first_words(text) {
        Some(kind) => Err(Trouble::NotCsv(kind)),
        None => Ok(text.to_owned()),
    }
}

fn in_encoding(bytes: &[u8]) -> Result<String, Trouble> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return strictly(encoding, &bytes[mark..]);
    }
    if let Some(encoding) = unmarked_utf16(bytes) {
        return strictly(encoding, bytes);
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(text.to_owned()),
        // Every byte means something in Windows-1252, so this cannot fail.
        Err(_) => Ok(WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned()),
    }
}

fn strictly(encoding: &'static Encoding, bytes: &[u8]) -> Result<String, Trouble> {
    match encoding.decode_without_bom_handling_and_without_replacement(bytes) {
        Some(text) => Ok(text.into_owned()),
        None => {
            let (text, _) = encoding.decode_without_bom_handling(bytes);
            let before = text.split('\u{fffd}').next().unwrap_or_default();
            let encoding = if encoding == UTF_8 { "UTF-8" } else { "UTF-16" };
            Err(Trouble::Garbled { encoding, line: lines_in(before) })
        }
    }
}

/// The number of the line in which `text` ends.
fn lines_in(text: &str) -> usize {
    let feeds = text.matches('\n').count();
    1 + if feeds > 0 { feeds } else { text.matches('\r').count() }
}

/// UTF-16 without a mark shows by its zero bytes: e-mails, commas and line ends have one in each character, all in the
/// same half.
fn unmarked_utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    let zeros = |from: usize| bytes.iter().skip(from).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    let enough = bytes.len() / 8;
    match (even, odd) {
        (few, many) if many > enough && few < many / 8 + 1 => Some(UTF_16LE),
        (many, few) if many > enough && few < many / 8 + 1 => Some(UTF_16BE),
        _ => None,
    }
}

fn kind_by_signature(bytes: &[u8]) -> Option<Kind> {
    let holds = |name: &[u8]| bytes.windows(name.len()).any(|window| window == name);
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return Some(match () {
            () if holds(b"xl/") => Kind::Excel,
            () if holds(b"vnd.oasis.opendocument") => Kind::OpenDocument,
            () if holds(b"Index/Document.iwa") || holds(b"index.apxl") || holds(b"Index.zip") => Kind::Numbers,
            () => Kind::Packed,
        });
    }
    match bytes {
        [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, ..] => Some(Kind::Excel),
        [0x1f, 0x8b, ..] | [b'7', b'z', 0xbc, 0xaf, ..] | [b'R', b'a', b'r', b'!', 0x1a, ..] => Some(Kind::Packed),
        _ if bytes.starts_with(b"%PDF-") => Some(Kind::Pdf),
        _ if bytes.starts_with(b"{\\rtf") => Some(Kind::RichText),
        _ => None,
    }
}

fn kind_by_first_words(text: &str) -> Option<Kind> {
    let start: String = text.trim_start().chars().take(2_000).collect::<String>().to_ascii_lowercase();
    let mut letters = start.chars();
    match (letters.next()?, letters.find(|letter| !letter.is_whitespace())) {
        ('<', _) if start.contains("<html") || start.starts_with("<!") || start.starts_with("<table") => {
            Some(Kind::WebPage)
        }
        ('<', Some('?')) => Some(Kind::Xml),
        // An address may stand in angle brackets; no element has an @ in its name.
        ('<', Some('a'..='z')) if start.split('>').next().is_some_and(|tag| !tag.contains('@')) => Some(Kind::Xml),
        ('{', Some('"' | '}')) | ('[', Some('{' | '[' | ']' | '"')) => Some(Kind::Json),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_files_are_named_whatever_their_name_ends_with() {
        let cases: [(&[u8], Kind); 18] = [
            (b"PK\x03\x04\x14\0\0\0[Content_Types].xml ... xl/workbook.xml", Kind::Excel),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0\0\0", Kind::Excel),
            (b"PK\x03\x04\x14\0\0\0mimetypeapplication/vnd.oasis.opendocument.spreadsheet", Kind::OpenDocument),
            (b"PK\x03\x04\x14\0\0\0Index/Document.iwa", Kind::Numbers),
            (b"PK\x03\x04\x14\0\0\0pairs.csv", Kind::Packed),
            (b"PK\x05\x06\0\0\0\0", Kind::Packed),
            (b"\x1f\x8b\x08\0", Kind::Packed),
            (b"%PDF-1.7\n", Kind::Pdf),
            (b"{\\rtf1\\ansi mentor,mentee}", Kind::RichText),
            (b"<!DOCTYPE html><html><body>Sign in</body></html>", Kind::WebPage),
            (b"\xef\xbb\xbf\r\n  <HTML><table>", Kind::WebPage),
            (b"<table><tr><td>mentor</td></tr></table>", Kind::WebPage),
            (b"<?xml version=\"1.0\"?><html xmlns=\"x\">", Kind::WebPage),
            (b"<?xml version=\"1.0\"?><Workbook>", Kind::Xml),
            (b"{\"pairs\": []}", Kind::Json),
            (b"[\n  {\"mentor\": \"ann@x.org\"}]", Kind::Json),
            (b"\xff\xfe<\0h\0t\0m\0l\0>\0", Kind::WebPage),
            (b"<\0h\0t\0m\0l\0>\0", Kind::WebPage),
        ];
        for (bytes, kind) in cases {
            assert_eq!(decode(bytes), Err(Trouble::NotCsv(kind)), "{}", bytes.escape_ascii());
        }
    }

    #[test]
    fn text_that_only_looks_strange_is_text() {
        for text in
            ["[Mentor],[Mentee]", "<ann@x.org>,bo@x.org", "<mailto:ann@x.org>", "<@U1>,<@U2>", "{mentor},{mentee}"]
        {
            assert_eq!(decode(text.as_bytes()).as_deref(), Ok(text));
        }
    }

    #[test]
    fn a_mark_that_the_bytes_do_not_keep_is_refused_with_the_line() {
        let cut = b"\xff\xfem\0\n\0m\0\n\0m";
        assert_eq!(decode(cut), Err(Trouble::Garbled { encoding: "UTF-16", line: 3 }));
        assert_eq!(decode(b"\xef\xbb\xbfa\r\nJos\xe9"), Err(Trouble::Garbled { encoding: "UTF-8", line: 2 }));
    }

    #[test]
    fn nothing_is_empty_in_every_encoding() {
        for bytes in [&b""[..], b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff\0\n", b" \r\n\t\n", b"\n\0\r\0"] {
            assert_eq!(decode(bytes), Err(Trouble::Empty), "{}", bytes.escape_ascii());
        }
    }
}
