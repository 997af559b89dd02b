//! Which column is what, by its name: any order, any case, and the words that other mentoring products use.

use super::day::Order;
use super::table::Record;
use super::trouble::Trouble;
use super::{Role, cell};

/// Where a row has what. Columns count from 0 here.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Columns {
    /// The columns that may name the mentor, the best first; never empty.
    pub mentor: Vec<usize>,
    /// The same for the mentee.
    pub mentee: Vec<usize>,
    pub start: Option<(usize, Option<Order>)>,
    pub end: Option<(usize, Option<Order>)>,
    pub status: Option<usize>,
    pub program: Option<usize>,
    pub connection: Option<usize>,
}

/// How a column identifies a person; the better comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum By {
    Email,
    SlackId,
    /// Just `Mentor`: whatever is written there.
    Plain,
    /// `Mentor ID`: Slack's, or a number of another product.
    Id,
    Name,
}

/// The words for a role. A later list counts only in a file without any of an earlier one, so that a sponsor or a student
/// number beside the mentor and the mentee is left alone.
const MENTOR_WORDS: [&[&str]; 2] = [
    &["mentor", "mentorin", "mentora"],
    &["coach", "tutor", "adviser", "advisor", "sponsor", "guide", "buddy", "parrain", "tuteur"],
];
const MENTEE_WORDS: [&[&str]; 2] = [
    &["mentee", "protege", "protegee", "mentore", "mentoree", "mentorado", "mentorizado", "mentoreado"],
    &[
        "coachee",
        "tutee",
        "advisee",
        "sponsoree",
        "apprentice",
        "learner",
        "student",
        "newhire",
        "newjoiner",
        "filleul",
        "tutorado",
    ],
];

const ATTRIBUTES: &[(By, &[&str])] = &[
    (
        By::Email,
        &[
            "email",
            "emails",
            "emailaddress",
            "emailid",
            "mail",
            "mailaddress",
            "workemail",
            "workemailaddress",
            "workmail",
            "companyemail",
            "businessemail",
            "corporateemail",
            "primaryemail",
            "useremail",
            "loginemail",
            "contactemail",
            "slackemail",
            "emailadresse",
            "mailadresse",
            "adresseemail",
            "adressemail",
            "adressemel",
            "courriel",
            "correo",
            "correoelectronico",
        ],
    ),
    (By::SlackId, &["slackid", "slackuserid", "slackmemberid", "slackuser", "slackmember", "slack", "memberid"]),
    (By::Plain, &["", "user", "person", "contact", "participant", "address", "emailorslackid", "emailorid"]),
    (By::Id, &["id", "userid", "uid", "participantid"]),
    (By::Name, &["name", "names", "fullname", "displayname"]),
];

const START_WORDS: &[&str] = &[
    "startdate",
    "start",
    "startedon",
    "started",
    "startedat",
    "datestarted",
    "startson",
    "startingdate",
    "startday",
    "matchstartdate",
    "matchstart",
    "pairstartdate",
    "connectionstartdate",
    "relationshipstartdate",
    "mentorshipstartdate",
    "loopstartdate",
    "matchdate",
    "matchedon",
    "matchedat",
    "datematched",
    "pairedon",
    "pairingdate",
    "connectedon",
    "connectiondate",
    "begindate",
    "begin",
    "beginning",
    "beginson",
    "since",
    "startdatum",
    "beginn",
    "datededebut",
    "debut",
    "fechadeinicio",
    "fechainicio",
    "inicio",
];
const END_WORDS: &[&str] = &[
    "enddate",
    "end",
    "endedon",
    "ended",
    "endedat",
    "dateended",
    "endson",
    "matchenddate",
    "matchend",
    "pairenddate",
    "connectionenddate",
    "relationshipenddate",
    "mentorshipenddate",
    "loopenddate",
    "closedon",
    "closeddate",
    "dateclosed",
    "completedon",
    "completiondate",
    "until",
    "enddatum",
    "ende",
    "datedefin",
    "fin",
    "fechadefin",
    "fechafin",
];
const STATUS_WORDS: &[&str] = &[
    "status",
    "state",
    "matchstatus",
    "pairstatus",
    "connectionstatus",
    "relationshipstatus",
    "mentorshipstatus",
    "loopstatus",
];
const PROGRAM_WORDS: &[&str] = &[
    "program",
    "programme",
    "programname",
    "programmename",
    "programtitle",
    "mentoringprogram",
    "mentoringprogramme",
    "mentoringprogramname",
    "mentorshipprogram",
    "mentorshipprogramme",
    "cohort",
    "cohortname",
    "programcohort",
    "programm",
    "mentoringprogramm",
    "programa",
];
const CONNECTION_WORDS: &[&str] = &[
    "connection",
    "connectionname",
    "mentoringconnection",
    "mentoringconnectionname",
    "match",
    "matchname",
    "pair",
    "pairname",
    "pairing",
    "pairingname",
    "relationship",
    "relationshipname",
    "mentorship",
    "mentorshipname",
    "loop",
    "loopname",
    "tandem",
];

/// Names of columns that make a list of people.
const PEOPLE_WORDS: &[&str] = &[
    "name",
    "fullname",
    "firstname",
    "lastname",
    "displayname",
    "surname",
    "role",
    "type",
    "user",
    "username",
    "person",
    "participant",
    "member",
    "employee",
    "id",
    "userid",
    "slackid",
    "memberid",
    "ismentor",
    "ismentee",
    "vorname",
    "nachname",
    "rolle",
    "nom",
    "prenom",
    "nombre",
];

/// Finds the columns by the names in `header`; `rows` tell a list of people with yes and no from a list of pairs.
pub(super) fn find(header: &Record, rows: &[Record]) -> Result<Columns, Trouble> {
    let names: Vec<String> = header.cells.iter().map(|name| fold(name)).collect();
    let mentor = by_rank(&names, Role::Mentor);
    let mentee = by_rank(&names, Role::Mentee);
    let line = header.line;
    let found = || header.cells.iter().map(|name| cell::shown(name)).collect();

    let lists_people = names.iter().any(|name| PEOPLE_WORDS.contains(&name.as_str()) || is_email(name));
    if lists_people && only_flags(rows, mentor.iter().chain(&mentee).map(|(_, index)| *index)) {
        return Err(Trouble::PeopleList { line, found: found() });
    }
    let missing: Vec<Role> = [(Role::Mentor, &mentor), (Role::Mentee, &mentee)]
        .into_iter()
        .filter_map(|(role, columns)| columns.is_empty().then_some(role))
        .collect();
    if !missing.is_empty() {
        return Err(match header.cells.iter().find(|name| cell::person(name).is_ok()) {
            Some(cell) => Trouble::NoHeader { line, cell: cell::shown(cell) },
            None => Trouble::NoColumn { line, missing, found: found() },
        });
    }
    let pick = |words| first_of(&names, words).map(|(index, _)| index);
    Ok(Columns {
        mentor: best(Role::Mentor, &mentor, header, rows)?,
        mentee: best(Role::Mentee, &mentee, header, rows)?,
        start: first_of(&names, START_WORDS),
        end: first_of(&names, END_WORDS),
        status: pick(STATUS_WORDS),
        program: pick(PROGRAM_WORDS),
        connection: pick(CONNECTION_WORDS),
    })
}

/// How many of the two roles these names of columns speak of.
pub(super) fn roles_named(names: &[String]) -> usize {
    let folded: Vec<String> = names.iter().map(|name| fold(name)).collect();
    [Role::Mentor, Role::Mentee].iter().filter(|role| !by_rank(&folded, **role).is_empty()).count()
}

/// The columns for a role, the best first.
fn by_rank(names: &[String], role: Role) -> Vec<(By, usize)> {
    let lists = match role {
        Role::Mentor => MENTOR_WORDS,
        Role::Mentee => MENTEE_WORDS,
    };
    let named_in = |words: &[&str]| {
        let columns = names.iter().enumerate();
        let mut columns: Vec<_> =
            columns.filter_map(|(index, name)| Some((identifies(name, role, words)?, index))).collect();
        columns.sort_unstable();
        columns
    };
    lists.into_iter().map(named_in).find(|columns| !columns.is_empty()).unwrap_or_default()
}

/// Keeps one column of each rank. Two of the best rank are two people, and nobody knows which is meant.
fn best(role: Role, ranked: &[(By, usize)], header: &Record, rows: &[Record]) -> Result<Vec<usize>, Trouble> {
    let named = |index: usize| (index + 1, cell::shown(header.cell(index)));
    if let [(by, first), (other, second), ..] = ranked
        && by == other
    {
        return Err(Trouble::TwoColumns { line: header.line, role, first: named(*first), second: named(*second) });
    }
    if let [(By::Name, index), ..] = ranked
        && !rows.iter().any(|row| cell::person(row.cell(*index)).is_ok())
    {
        let (column, header) = named(*index);
        return Err(Trouble::NamesOnly { role, column, header });
    }
    let alone = ranked.iter().filter(|(by, _)| ranked.iter().filter(|(other, _)| other == by).count() == 1);
    Ok(alone.map(|(_, index)| *index).collect())
}

/// By what the column of this (folded) name identifies somebody of `role`, if it does.
fn identifies(name: &str, role: Role, words: &[&str]) -> Option<By> {
    // "Mentor e-mail" is not the mail of a mentoré.
    if role == Role::Mentee && identifies(name, Role::Mentor, MENTOR_WORDS[0]).is_some() {
        return None;
    }
    words.iter().find_map(|word| {
        let (before, after) = name.split_once(word)?;
        // "Mentor's e-mail" has lost its apostrophe; "Mentor Slack ID" begins with an s of its own.
        attribute(before, after).or_else(|| attribute(before, after.strip_prefix('s')?))
    })
}

/// What is left of a name around the word for the role: "e-mail of the", "assigned", "1 address".
fn attribute(before: &str, after: &str) -> Option<By> {
    const BEFORE: [&str; 8] = ["assigned", "matched", "current", "primary", "your", "match", "pair", "the"];
    const BETWEEN: [&str; 9] = ["ofthe", "of", "des", "der", "du", "dela", "del", "de", "la"];
    const BEHIND: [&str; 3] = ["required", "optional", "mandatory"];
    let before = BEFORE.iter().find_map(|word| before.strip_prefix(word)).unwrap_or(before);
    let before = BETWEEN.iter().find_map(|word| before.strip_suffix(word)).unwrap_or(before);
    let after = BEHIND.iter().find_map(|word| after.strip_suffix(word)).unwrap_or(after);
    let after = after.trim_matches(|digit: char| digit.is_ascii_digit());
    let both = format!("{before}{after}");
    ATTRIBUTES.iter().find(|(_, names)| names.contains(&both.as_str())).map(|(by, _)| *by)
}

fn is_email(name: &str) -> bool {
    attribute("", name) == Some(By::Email)
}

/// The first of `words` that names a column, and the order of dates that the name may end with.
fn first_of(names: &[String], words: &[&str]) -> Option<(usize, Option<Order>)> {
    const ORDERS: [(&str, Option<Order>); 7] = [
        ("yyyymmdd", None),
        ("ddmmyyyy", Some(Order::DayFirst)),
        ("mmddyyyy", Some(Order::MonthFirst)),
        ("ttmmjjjj", Some(Order::DayFirst)),
        ("jjmmaaaa", Some(Order::DayFirst)),
        ("ddmmaaaa", Some(Order::DayFirst)),
        ("optional", None),
    ];
    words.iter().find_map(|word| {
        names.iter().enumerate().find_map(|(index, name)| match name.strip_prefix(word)? {
            "" => Some((index, None)),
            rest => ORDERS.iter().find(|(ending, _)| *ending == rest).map(|(_, order)| (index, *order)),
        })
    })
}

/// Whether these columns say nothing but yes and no, as in a list of people that marks the mentors. No columns say nothing.
fn only_flags(rows: &[Record], columns: impl Iterator<Item = usize>) -> bool {
    const FLAGS: [&str; 13] = ["yes", "no", "y", "n", "x", "true", "false", "1", "0", "ja", "nein", "oui", "non"];
    let mut columns = columns.peekable();
    if columns.peek().is_none() {
        return true;
    }
    let mut cells = columns
        .flat_map(|index| rows.iter().map(move |row| cell::label(row.cell(index)).to_lowercase()))
        .filter(|cell| !cell.is_empty())
        .peekable();
    cells.peek().is_some() && cells.all(|cell| FLAGS.contains(&cell.as_str()))
}

/// A name without case, accents, blanks and punctuation: `Protégé’s E-mail` is `protegesemail`.
pub(super) fn fold(name: &str) -> String {
    let mut folded = String::with_capacity(name.len());
    for letter in name.chars().flat_map(char::to_lowercase).filter(|letter| letter.is_alphanumeric()) {
        match letter {
            'à'..='å' | 'ā' | 'ă' | 'ą' => folded.push('a'),
            'æ' => folded.push_str("ae"),
            'ç' | 'ć' | 'č' => folded.push('c'),
            'è'..='ë' | 'ē' | 'ę' | 'ě' => folded.push('e'),
            'ì'..='ï' | 'ī' => folded.push('i'),
            'ñ' | 'ń' | 'ň' => folded.push('n'),
            'ò'..='ö' | 'ø' | 'ő' => folded.push('o'),
            'œ' => folded.push_str("oe"),
            'ù'..='ü' | 'ū' | 'ů' | 'ű' => folded.push('u'),
            'ý' | 'ÿ' => folded.push('y'),
            'ß' => folded.push_str("ss"),
            other => folded.push(other),
        }
    }
    folded
}
