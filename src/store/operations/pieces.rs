//! Pieces of statements that several share: joins, and conditions.

/// Joins a pair's people, as `mentee` and `mentor`.
macro_rules! join_both_people {
    () => {
        "join person mentee on mentee.person_id = pair.mentee_id
        join person mentor on mentor.person_id = pair.mentor_id"
    };
}

/// Joins the other side of a pair as `partner`; `$own` is what holds the person's own id.
macro_rules! join_partner {
    ($own:literal) => {
        concat!(
            "join person partner on partner.person_id = case
            when pair.mentee_id = ",
            $own,
            " then pair.mentor_id
            else pair.mentee_id
        end"
        )
    };
}

/// How both of a pair stand to their programme, from `join_both_standings!`. For `rows::both_standings`.
macro_rules! both_standings_columns {
    () => {
        "in_mentee.welcomed as mentee_welcomed, in_mentee.started as mentee_started,
        in_mentee.declined as mentee_declined,
        in_mentor.welcomed as mentor_welcomed, in_mentor.started as mentor_started,
        in_mentor.declined as mentor_declined"
    };
}

/// Joins both people's part in the pair's programme.
macro_rules! join_both_standings {
    () => {
        "left join participation in_mentee on in_mentee.program_id = pair.program_id
            and in_mentee.person_id = pair.mentee_id
        left join participation in_mentor on in_mentor.program_id = pair.program_id
            and in_mentor.person_id = pair.mentor_id"
    };
}

/// Whether the pulse `$1` is neither closed nor folded.
macro_rules! pulse_is_open {
    () => {
        "exists (
                select 1
                from pulse
                where pulse.pulse_id = $1
                    and pulse.closed is null
                    and pulse.folded is null)"
    };
}

pub(super) use {both_standings_columns, join_both_people, join_both_standings, join_partner, pulse_is_open};
