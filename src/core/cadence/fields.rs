//! The five fields of a cron line as people write them, checked one by one and handed to the `cron` crate.
//!
//! The crate wants six fields and counts weekdays from Sunday = 1; so each field is read here by Unix's rules and
//! passed on as a plain list of values, weekdays by name.

use std::collections::BTreeSet;

/// The longest line that is read, in bytes.
const LONGEST: usize = 200;

const WEEKDAYS: [&str; 7] = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];
const MONTHS: [&str; 12] = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];

/// Why a cron line cannot be used, as a sentence.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct CadenceError(String);

impl CadenceError {
    pub(super) fn never(line: &str) -> Self {
        Self(format!("`{line}` never strikes: no year has such a day."))
    }
}

/// What one of the five fields allows.
struct Field {
    name: &'static str,
    allowed: &'static str,
    least: u8,
    most: u8,
    /// Names for the values from `least` on.
    names: &'static [&'static str],
}

const FIELDS: [Field; 5] = [
    Field { name: "minute", allowed: "0 to 59", least: 0, most: 59, names: &[] },
    Field { name: "hour", allowed: "0 to 23", least: 0, most: 23, names: &[] },
    Field { name: "day of month", allowed: "1 to 31", least: 1, most: 31, names: &[] },
    Field { name: "month", allowed: "1 to 12 or JAN to DEC", least: 1, most: 12, names: &MONTHS },
    Field {
        name: "weekday",
        allowed: "0 to 7 (0 and 7 are Sunday) or SUN to SAT",
        least: 0,
        most: 7,
        names: &WEEKDAYS,
    },
];

/// The schedules of a line: one, or two where either of the day fields may fit.
pub(super) fn schedules(line: &str) -> Result<Vec<cron::Schedule>, CadenceError> {
    if line.len() > LONGEST {
        return Err(CadenceError(format!("A cadence has at most {LONGEST} characters; this one has {}.", line.len())));
    }
    let fields: Vec<&str> = expand(line)?.split_whitespace().collect();
    let Ok([minute, hour, day, month, weekday]) = <[&str; 5]>::try_from(fields.as_slice()) else {
        return Err(CadenceError(format!(
            "A cadence has five fields, minute, hour, day of month, month and weekday, such as `0 10 * * TUE`; \
             `{line}` has {}.",
            fields.len()
        )));
    };
    // Unix: a day field that begins with `*` restricts nothing by itself, so both must fit; else either may.
    let either = !day.starts_with('*') && !weekday.starts_with('*');
    let clock = format!("0 {} {}", FIELDS[0].list(minute)?, FIELDS[1].list(hour)?);
    let (day, month, weekday) = (FIELDS[2].list(day)?, FIELDS[3].list(month)?, weekday_names(weekday)?);
    let rules = match either {
        true => vec![format!("{clock} {day} {month} *"), format!("{clock} * {month} {weekday}")],
        false => vec![format!("{clock} {day} {month} {weekday}")],
    };
    rules
        .iter()
        .map(|rule| rule.parse().map_err(|_| CadenceError(format!("`{line}` is not a cadence that can be used."))))
        .collect()
}

/// The five fields that a short name such as `@weekly` stands for; any other line as it is.
fn expand(line: &str) -> Result<&str, CadenceError> {
    if !line.starts_with('@') {
        return Ok(line);
    }
    Ok(match line.to_ascii_lowercase().as_str() {
        "@hourly" => "0 * * * *",
        "@daily" | "@midnight" => "0 0 * * *",
        "@weekly" => "0 0 * * 0",
        "@monthly" => "0 0 1 * *",
        "@yearly" | "@annually" => "0 0 1 1 *",
        _ => {
            return Err(CadenceError(format!(
                "`{line}` is not a known short name; there are @hourly, @daily, @weekly, @monthly and @yearly."
            )));
        }
    })
}

fn weekday_names(text: &str) -> Result<String, CadenceError> {
    let days: BTreeSet<u8> = FIELDS[4].values(text)?.into_iter().map(|day| day % 7).collect();
    Ok(days.into_iter().map(|day| WEEKDAYS[usize::from(day)]).collect::<Vec<_>>().join(","))
}

impl Field {
    /// The values of `text` as a list without ranges, steps or names.
    fn list(&self, text: &str) -> Result<String, CadenceError> {
        Ok(self.values(text)?.iter().map(u8::to_string).collect::<Vec<_>>().join(","))
    }

    /// The values of `text`: a list of `*`, `5`, `1-5`, each with or without `/2`.
    fn values(&self, text: &str) -> Result<BTreeSet<u8>, CadenceError> {
        let mut values = BTreeSet::new();
        for part in text.split(',') {
            let (range, step) = match part.split_once('/') {
                Some((range, step)) => (range, Some(self.step(part, step)?)),
                None => (part, None),
            };
            let (first, last) = match range.split_once('-') {
                _ if range == "*" => (self.least, self.most),
                Some((first, last)) => (self.value(part, first)?, self.last(part, last)?),
                None if step.is_some() => {
                    return Err(
                        self.refuse(part, "a step needs a range or `*` before the `/`, such as `*/2` or `1-5/2`")
                    );
                }
                None => {
                    let only = self.value(part, range)?;
                    (only, only)
                }
            };
            if first > last {
                return Err(self.refuse(part, "a range goes from the smaller to the larger; write two ranges instead"));
            }
            values.extend((first..=last).step_by(step.unwrap_or(1)));
        }
        Ok(values)
    }

    fn step(&self, part: &str, step: &str) -> Result<usize, CadenceError> {
        match number(step) {
            Some(step) if step >= 1 && step <= self.most => Ok(usize::from(step)),
            _ => Err(self.refuse(part, &format!("a step is a number from 1 to {}", self.most))),
        }
    }

    fn value(&self, part: &str, text: &str) -> Result<u8, CadenceError> {
        let named = || self.names.iter().zip(self.least..).find(|(name, _)| name.eq_ignore_ascii_case(text));
        number(text)
            .or_else(|| named().map(|(_, value)| value))
            .filter(|value| (self.least..=self.most).contains(value))
            .ok_or_else(|| self.refuse(part, &format!("allowed are {}, `*`, ranges, lists and steps", self.allowed)))
    }

    /// The end of a range, where Sunday by name is the 7 after Saturday: `SAT-SUN` is a weekend.
    fn last(&self, part: &str, text: &str) -> Result<u8, CadenceError> {
        let sunday = self.name == "weekday" && text.eq_ignore_ascii_case("SUN");
        if sunday { Ok(7) } else { self.value(part, text) }
    }

    fn refuse(&self, part: &str, why: &str) -> CadenceError {
        CadenceError(format!("The {} field does not take `{part}`: {why}.", self.name))
    }
}

/// A number of one or two digits and nothing else: no sign, no blank.
fn number(text: &str) -> Option<u8> {
    (matches!(text.len(), 1 | 2) && text.bytes().all(|byte| byte.is_ascii_digit())).then(|| text.parse().ok())?
}
