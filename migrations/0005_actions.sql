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

-- A step that a coordinator took about a line of a digest, or about a pair from its page. The name says which kind and
-- about what, so a second tap, also another coordinator's, makes no second step. A line has one label (needed_help or
-- all_well): a later one takes its place. Labels are kept so that the rules can be fitted again on what really was.
create table step (
    step_id text primary key,
    program_id text not null references program,
    -- Null for a line about somebody who pressed "Not for me".
    pair_id text references pair,
    -- The line of a digest from which it began, by its name.
    line_id text,
    kind text not null,
    person_id text not null references person,
    at bigint not null,
    -- What was written to both, where something was.
    sealed text
);
create index step_by_line on step (line_id);
create index step_by_pair on step (pair_id, at);
create index step_by_program on step (program_id, at);

-- What somebody answered to a coordinator who had each of a pair asked alone. Only that coordinator reads it.
create table reply (
    step_id text not null references step,
    person_id text not null references person,
    sealed text not null,
    at bigint not null,
    primary key (step_id, person_id)
);

-- A coordinator looked at what the two of a pair gave by name. Written in the transaction that hands it out, and shown
-- to both of the pair.
create table look (
    event_id text primary key,
    pair_id text not null references pair,
    person_id text not null references person,
    what text not null,
    at bigint not null
);
create index look_by_pair on look (pair_id, at);
