-- What a coordinator does about a pair, and what the pair can see of it.

-- Civil days of the programme's zone on which nothing is asked of a pair, or of any pair of a person: `until_day` is the
-- first day that is not paused any more. The name is whose it is and the day it begins, so a second tap makes no second
-- pause. A pause that was ended early says so in the same row: its days are always the true ones.
create table pause (
    pause_id text primary key,
    pair_id text references pair,
    person_id text references person,
    from_day text not null,
    until_day text not null,
    -- Who wanted it, if that was a person.
    by_person text references person,
    -- coordinator, own or absence: a kind, never words.
    why text not null,
    at bigint not null,
    resumed bigint,
    resumed_by text references person,
    check ((pair_id is null) <> (person_id is null))
);
create index pause_by_pair on pause (pair_id, until_day);
create index pause_by_person on pause (person_id, until_day);
