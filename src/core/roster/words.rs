//! The words for columns that mentoring products and people's own spreadsheets use, in the order of preference.
//!
//! Each list is one string of words in the form of [`fold`](super::columns::fold): small letters without accents, blanks
//! and punctuation.

/// Words for a role. A later list counts only in a file without any word of an earlier one, so that a sponsor or a student
/// number beside the mentor and the mentee is left alone.
pub(super) const MENTOR: [&str; 2] =
    ["mentor mentorin mentora", "coach tutor adviser advisor sponsor guide buddy parrain tuteur"];
pub(super) const MENTEE: [&str; 2] = [
    "mentee protege protegee mentore mentoree mentorado mentorizado mentoreado",
    "coachee tutee advisee sponsoree apprentice learner student newhire newjoiner filleul tutorado",
];

/// How a column identifies a person; the better comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum By {
    Email,
    SlackId,
    /// Just `Mentor`: whatever is written there.
    Plain,
    /// `Mentor ID`: Slack's, or a number of another product.
    Id,
    Name,
}

/// What a column says of a person, beside the word for the role. A name of nothing but that word is [`By::Plain`].
pub(super) const ATTRIBUTES: [(By, &str); 5] = [
    (
        By::Email,
        "email emails emailaddress emailid mail mailaddress workemail workemailaddress workmail companyemail \
         businessemail corporateemail primaryemail useremail loginemail contactemail slackemail emailadresse mailadresse \
         adresseemail adressemail courriel correo correoelectronico",
    ),
    (By::SlackId, "slackid slackuserid slackmemberid slackuser slackmember slack memberid"),
    (By::Plain, "user person contact participant address emailorslackid emailorid"),
    (By::Id, "id userid uid participantid"),
    (By::Name, "name names fullname displayname"),
];

/// What may stand around the word for the role: "Assigned mentor", "E-mail of the mentor", "Mentor (optional)".
pub(super) const BEFORE: &str = "assigned matched current primary your match pair the";
pub(super) const BETWEEN: &str = "ofthe of des der du dela del de la";
pub(super) const BEHIND: &str = "required optional mandatory";

pub(super) const START: &str = "startdate start startedon started startedat datestarted startson startingdate startday \
    matchstartdate matchstart pairstartdate connectionstartdate relationshipstartdate mentorshipstartdate loopstartdate \
    matchdate matchedon matchedat datematched pairedon pairingdate connectedon connectiondate begindate begin beginning \
    beginson since startdatum beginn datededebut debut fechadeinicio fechainicio inicio";

pub(super) const END: &str = "enddate end endedon ended endedat dateended endson matchenddate matchend pairenddate \
    connectionenddate relationshipenddate mentorshipenddate loopenddate closedon closeddate dateclosed completedon \
    completiondate until enddatum ende datedefin fin fechadefin fechafin";

pub(super) const STATUS: &str =
    "status state matchstatus pairstatus connectionstatus relationshipstatus mentorshipstatus loopstatus";

pub(super) const PROGRAM: &str = "program programme programname programmename programtitle mentoringprogram \
    mentoringprogramme mentoringprogramname mentorshipprogram mentorshipprogramme cohort cohortname programcohort programm \
    mentoringprogramm programa";

pub(super) const CONNECTION: &str = "connection connectionname mentoringconnection mentoringconnectionname match matchname \
    pair pairname pairing pairingname relationship relationshipname mentorship mentorshipname loop loopname tandem";

/// What pairs are counted with inside a programme.
pub(super) const GROUP: &str = "group groupname pairgroup track trackname stream department dept team businessunit unit \
    division function faculty area gruppe abteilung bereich groupe departement equipe grupo departamento equipo";

pub(super) const COHORT: &str = "cohort cohortname programcohort";

/// Columns that make a list of people.
pub(super) const PEOPLE: &str = "name fullname firstname lastname displayname surname role type user username person \
    participant member employee id userid slackid memberid ismentor ismentee vorname nachname rolle nom prenom nombre";

/// Whether `word` is in a list.
pub(super) fn holds(list: &str, word: &str) -> bool {
    list.split(' ').any(|listed| listed == word)
}
