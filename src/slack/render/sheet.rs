//! The numbers of a digest's pairs as a file for a spreadsheet. It holds nobody's answers.

use crate::core::content::{Sheet, SheetRow};
use crate::core::scoring::part::Part;

use super::text::{one_line, plain_name};

/// A file on its way to somebody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    pub name: String,
    pub title: String,
    /// What stands above it; no names.
    pub comment: String,
    pub content: Vec<u8>,
}

/// The file.
pub fn sheet(sheet: &Sheet) -> File {
    let mut writer = csv::WriterBuilder::new().from_writer(Vec::new());
    let parts = Part::ALL.map(|part| part.as_str());
    let head = ["pair", "mentee", "mentor", "state", "health", "health_from", "health_to"];
    let tail = [
        "thin",
        "trend",
        "health_before",
        "last_met",
        "mentee_answered",
        "mentee_asked",
        "mentor_answered",
        "mentor_asked",
        "paused_until",
        "rules",
    ];
    let header = head.into_iter().chain(parts).chain(tail);
    writer.write_record(header).expect("memory takes what is written");
    for row in &sheet.rows {
        writer.write_record(cells(row)).expect("memory takes what is written, and all rows are as long as the header");
    }
    let content = writer.into_inner().expect("memory takes what is written");
    let (until, program) = (sheet.until, plain_name(&sheet.program_name));
    File {
        name: format!("{}-{until}.csv", sheet.slug),
        title: format!("{program}, week to {until}"),
        comment: format!(
            "The numbers of {} pairs in the week to {until}, as far as the digest may show them. Nobody's answers are in it.",
            sheet.rows.len()
        ),
        // Spreadsheets take the bytes for another alphabet without the mark.
        content: ["\u{feff}".as_bytes(), &content].concat(),
    }
}

fn cells(row: &SheetRow) -> Vec<String> {
    let name = |name: &str| harmless(one_line(name));
    let number = |n: Option<String>| n.unwrap_or_default();
    let shown = row.evaluation.as_ref().filter(|look| look.ready);
    let health = shown.map(|look| look.health.value);
    let state = match &row.evaluation {
        _ if row.paused_until.is_some() => "paused".to_owned(),
        Some(look) => look.state.as_str().to_owned(),
        None => String::new(),
    };
    let bounds = shown.map(|look| look.rules.rules().band(look.health.value));
    let mut cells = vec![row.pair.to_string(), name(&row.mentee), name(&row.mentor), state];
    cells.push(number(health.map(|health| health.to_string())));
    cells.push(number(bounds.map(|(from, _)| from.to_string())));
    cells.push(number(bounds.map(|(_, to)| to.to_string())));
    cells.extend(Part::ALL.map(|part| number(shown.map(|look| look.health.parts.of(part).to_string()))));
    cells.push(number(shown.map(|look| if look.thin { "yes" } else { "no" }.to_owned())));
    cells.push(number(row.trend.map(|trend| trend.as_str().to_owned())));
    cells.push(number(row.before.map(|before| before.to_string())));
    cells.push(number(row.last_met.map(|day| day.to_string())));
    cells.extend(row.answered.iter().flat_map(|rate| [rate.answered.to_string(), rate.asked.to_string()]));
    cells.push(number(row.paused_until.map(|day| day.to_string())));
    cells.push(number(row.evaluation.as_ref().map(|look| u16::from(look.rules).to_string())));
    cells
}

/// A text that a spreadsheet does not take for a formula, also not where it reads the wide forms of the same signs.
fn harmless(text: String) -> String {
    let begins = ['=', '+', '-', '@', '\t', '\r', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}', '|', '%'];
    if text.starts_with(begins) { format!("'{text}") } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::scoring::digest::Rate;
    use crate::core::scoring::evaluation::Evaluation;
    use crate::core::scoring::health::Health;
    use crate::core::scoring::part::Parts;
    use crate::core::scoring::rules::RulesVersion;
    use crate::core::scoring::state::State;

    fn row(mentee: &str) -> SheetRow {
        SheetRow {
            pair: "p1".into(),
            mentee: mentee.to_owned(),
            mentor: "Ravi, Rao".to_owned(),
            paused_until: "2026-06-08".parse().ok(),
            evaluation: None,
            before: None,
            trend: None,
            last_met: None,
            answered: [Rate { answered: 1, asked: 4 }, Rate::default()],
        }
    }

    fn lines(rows: Vec<SheetRow>) -> Vec<String> {
        let until = "2026-05-24".parse().expect("a day");
        let file = sheet(&Sheet { slug: "spring".to_owned(), until, program_name: "Spring".to_owned(), rows });
        assert_eq!(file.name, "spring-2026-05-24.csv");
        String::from_utf8(file.content)
            .expect("text")
            .trim_start_matches('\u{feff}')
            .lines()
            .map(str::to_owned)
            .collect()
    }

    #[test]
    fn no_name_is_a_formula() {
        for (name, cell) in [
            ("=1+1", "'=1+1"),
            ("  @SUM(A1)", "'@SUM(A1)"),
            ("+49 30", "'+49 30"),
            ("-Ana", "'-Ana"),
            ("\tAna", "Ana"),
            ("\u{200b}=1", "'=1"),
            ("\u{ff1d}1", "'\u{ff1d}1"),
            ("Ana", "Ana"),
        ] {
            let lines = lines(vec![row(name)]);
            assert_eq!(
                lines[1],
                format!("p1,{cell},\"Ravi, Rao\",paused,,,,,,,,,,,,,,,,,1,4,0,0,2026-06-08,"),
                "{name:?}"
            );
            assert_eq!(lines[0].split(',').count(), 26);
        }
    }

    /// What is too early to tell is told by no column, and nor is what it would be compared with.
    #[test]
    fn a_health_that_may_not_be_shown_is_in_no_cell() {
        let parts: Parts = serde_json::from_str(r#"{"guidance":-17}"#).expect("parts as a row holds them");
        let look = |ready| Evaluation {
            rules: RulesVersion::V1,
            health: Health { value: 63, parts },
            without_worst_day: 71,
            ready,
            thin: true,
            state: if ready { State::Watch } else { State::TooEarly },
        };
        let cells = |ready| {
            let lines = lines(vec![SheetRow { evaluation: Some(look(ready)), paused_until: None, ..row("Ana") }]);
            let (head, cells) = (lines[0].split(',').map(str::to_owned), lines[1].replace("\"Ravi, Rao\"", "Ravi"));
            head.zip(cells.split(',').map(str::to_owned)).filter(|(_, cell)| !cell.is_empty()).collect::<Vec<_>>()
        };
        let texts = |cells: Vec<(String, String)>| {
            cells.iter().map(|(head, cell)| format!("{head}={cell}")).collect::<Vec<_>>().join(" ")
        };
        let sides = "mentee_answered=1 mentee_asked=4 mentor_answered=0 mentor_asked=0";
        assert_eq!(texts(cells(false)), format!("pair=p1 mentee=Ana mentor=Ravi state=too_early {sides} rules=1"),);
        // With the band of the rules that made it.
        let (from, to) = RulesVersion::V1.rules().band(63);
        assert_eq!(
            texts(cells(true)),
            format!(
                "pair=p1 mentee=Ana mentor=Ravi state=watch health=63 health_from={from} health_to={to} growth=0 \
                 communication=0 guidance=-17 feedback=0 organisation=0 meetings=0 answering=0 goals=0 limit=0 thin=yes \
                 {sides} rules=1"
            ),
        );
    }
}
