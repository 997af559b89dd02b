//! Files that are refused whole: where, why, and what to do.

use super::super::{MAX_BYTES, MAX_CELL_CHARACTERS, MAX_COLUMNS, MAX_ROWS, read};

fn refused(bytes: &[u8]) -> String {
    match read("pairs.csv", bytes) {
        Ok(roster) => panic!("understood: {roster:?}"),
        Err(refusal) => refusal.to_string(),
    }
}

#[track_caller]
fn check(text: &str, sentence: &str) {
    assert_eq!(refused(text.as_bytes()), format!("pairs.csv: {sentence}"));
}

#[test]
fn files_with_nothing_to_import() {
    check("", "The file is empty. It needs a first line 'mentor,mentee' and then one line for each pair.");
    check(
        "\n;;\nmentor;mentee\n;\n\n",
        "The file has the names of its columns (line 3) but no pairs below them. Add one line for each pair.",
    );
    assert!(refused(b"ann@x.org,bo@x.org").contains("Line 1 should name the columns"));
    assert!(refused(b"Mentor name,Mentee name\n").contains("no pairs below them"));
    check(
        "ann@x.org,bo@x.org\ncy@x.org,di@x.org",
        "Line 1 should name the columns but begins with the pairs (ann@x.org). Put a line 'mentor,mentee' above it, \
         with a name for each column.",
    );
}

#[test]
fn other_kinds_of_file() {
    check(
        "<!doctype html><html>Sign in</html>",
        "This is a web page, not a CSV file. Perhaps a sign-in page was saved instead of the export. Download the \
         export again as CSV, or open this file in a spreadsheet program and save it as CSV.",
    );
    check("[{\"mentor\": 1}]", "This is JSON, not a CSV file. Export the pairs as CSV and import that file.");
    assert_eq!(
        refused(b"PK\x03\x04\x14\0\x06\0xl/workbook.xml"),
        "pairs.csv: This is an Excel workbook, not a CSV file. Open it in the spreadsheet program, save or export it as \
         CSV (in Excel: 'CSV UTF-8'), and import that file."
    );
}

#[test]
fn damaged_text() {
    check(
        "mentor,mentee\nann@x.org,b\0o@x.org",
        "There is a NUL byte in line 2, column 2 (character 12 of the line), which no text has: the file is damaged, or \
         is not a CSV file. Save or export it again as 'CSV UTF-8'.",
    );
    assert_eq!(
        refused(b"\xef\xbb\xbfmentor,mentee\nJos\xe9@x.org,b@x.org"),
        "pairs.csv: The file says that it is UTF-8, but line 2 is not: it may be cut off, or two files were put together. \
         Save or export it again as 'CSV UTF-8'."
    );
}

#[test]
fn quotes_that_do_not_come_in_pairs() {
    check(
        "mentor,mentee\nann@x.org,bo@x.org\r\ncé@x.org,\"di@x.org\r\ned@x.org,fi@x.org\r\n",
        "The quote that opens in line 3, column 2 (character 10 of the line) is never closed. Close it at the end of its \
         cell, or take it out; a quote that belongs to the text is written twice, inside a quoted cell.",
    );
    check(
        "sep=;\nmentor;mentee;notes\na@x.org;b@x.org;\"so\nc@x.org;d@x.org;\"fine\"\n",
        "In line 4, column 3 (character 18 of the line), text goes on after a closing quote; that quote opens in line 3, \
         column 3 (character 17 of the line). Close each quote at the end of its cell; a quote that belongs to the text \
         is written twice, inside a quoted cell.",
    );
}

#[test]
fn columns_that_are_not_there() {
    check(
        "Ann,Coffee,\nx,y,z",
        "The file has no column for the mentor and none for the mentee. Found in line 1: Ann, Coffee, (no name). Rename \
         the one with each mentor's e-mail or Slack id to 'mentor' and the one with each mentee's e-mail or Slack id to \
         'mentee'. The names of the columns stand in the first line.",
    );
    check(
        "Employee;Email;Mentor Email\nBo;bo@x.org;ann@x.org",
        "The file has no column for the mentee. Found in line 1: Employee, Email, Mentor Email. Rename the one with each \
         mentee's e-mail or Slack id to 'mentee'. The names of the columns stand in the first line.",
    );
    check(
        "Dear all\nplease find, below, the pairs",
        "The file has no column for the mentor and none for the mentee. Found in line 1: Dear all. Rename the one with \
         each mentor's e-mail or Slack id to 'mentor' and the one with each mentee's e-mail or Slack id to 'mentee'. The \
         names of the columns stand in the first line.",
    );
    let wide = (1..=14).map(|n| format!("c{n}")).collect::<Vec<_>>().join(",");
    assert!(refused(format!("{wide}\n1").as_bytes()).contains("c11, c12 and 2 more."));
}

#[test]
fn a_list_of_people() {
    let advice = "Make it one line for each pair, with a column 'mentor' and a column 'mentee' that hold their e-mails or \
                  Slack ids; who has two mentees stands in two lines.";
    check(
        "Name,E-mail,Role\nAnn,ann@x.org,Mentor\nBo,bo@x.org,Mentee",
        &format!("This is a list of people, not of pairs. Found in line 1: Name, E-mail, Role. {advice}"),
    );
    check(
        "Email\tMentor\tMentee\nann@x.org\tYes\t\nbo@x.org\tno\tX",
        &format!("This is a list of people, not of pairs. Found in line 1: Email, Mentor, Mentee. {advice}"),
    );
    for text in [
        "email\nann@x.org",
        "Full name;Mentor\nAnn;x\nBo;",
        "Slack ID,User ID\nU1,1",
        "Email,Mentor,Mentee\na@x.org,1,",
    ] {
        assert!(refused(text.as_bytes()).contains("a list of people"), "{text}");
    }
}

#[test]
fn columns_that_are_no_use() {
    check(
        "Mentor Name,Mentee Email\nAnn Lee,bo@x.org",
        "Column 1 ('Mentor Name') holds names, and two people may share one. Add a column 'mentor email' with their \
         e-mails or Slack ids.",
    );
    check(
        "Mentor,Mentee 1,Mentee 2\nann@x.org,bo@x.org,cy@x.org",
        "Line 1 names two columns for the mentee: column 2 ('Mentee 1') and column 3 ('Mentee 2'). Each line is one pair: \
         keep one of them, and write a second line for a second mentee.",
    );
}

#[test]
fn cells_that_have_moved() {
    check(
        "mentor,mentee\nann@x.org,bo@x.org\n\nLee, Ann <ann@x.org>,bo@x.org\n",
        "Line 4 has 3 cells, but the file has 2 columns: 'bo@x.org' stands in column 3, which has no name. Perhaps a cell \
         holds the character that separates columns: put quotes around that cell.",
    );
    check(
        "sep=:\nmentor:mentee",
        "Line 1 says 'sep=:', which cannot separate columns. Write 'sep=,' or 'sep=;' there, as the file has it, or take \
         the line out.",
    );
    check(
        "sep=,\nmentor;mentee\nann@x.org;bo@x.org",
        "Line 1 says 'sep=,', but the columns below it are separated by ';'. Write 'sep=;' there, or take the line out.",
    );
    check(
        "sep=;\nmentor\tmentee\nann@x.org\tbo@x.org",
        "Line 1 says 'sep=;', but the columns below it are separated by '<tab>'. Write 'sep=<tab>' there, or take the \
         line out.",
    );
}

#[test]
fn limits_hold_exactly() {
    let header = "mentor,mentee,program,notes\n";
    let with_program = |length: usize| format!("{header}a@x.org,b@x.org,{},{}", "é".repeat(length), "x".repeat(9_000));
    assert!(read("pairs.csv", with_program(MAX_CELL_CHARACTERS).as_bytes()).is_ok());
    check(
        &with_program(MAX_CELL_CHARACTERS + 1),
        "The cell in line 2, column 3 ('program') has 1,001 characters, and the most is 1,000. Perhaps a quote is missing; \
         otherwise shorten it.",
    );

    let rows = "a@x.org,b@x.org\n".repeat(MAX_ROWS + 1);
    check(
        &format!("{header}{rows}"),
        "The file has more than 50,000 pairs; line 50002 is one too many. Split it and import the parts one after the other.",
    );

    let wide = |columns: usize| format!("mentor,mentee{}\na@x.org,b@x.org", ",".repeat(columns - 2));
    assert!(read("pairs.csv", wide(MAX_COLUMNS).as_bytes()).is_ok());
    check(
        &wide(MAX_COLUMNS + 1),
        "Line 1 has more than 1,000 columns. Keep the columns for mentor and mentee, and import the file again.",
    );

    let mut large = b"mentor,mentee\na@x.org,b@x.org\n".to_vec();
    large.resize(MAX_BYTES, b'\n');
    assert!(read("pairs.csv", &large).is_ok());
    large.push(b'\n');
    assert_eq!(
        refused(&large),
        "pairs.csv: The file has 10.1 MiB, and the most is 10 MiB. Split it and import the parts one after the other."
    );
}

#[test]
fn what_a_file_says_cannot_play_tricks_on_the_terminal() {
    let sentence = refused("\u{1b}[2Jfoo\u{202e},bar\nx,y".as_bytes());
    assert!(!sentence.contains(|letter: char| letter.is_control() || letter == '\u{202e}'), "{sentence:?}");
}
