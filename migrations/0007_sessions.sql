-- What a pair does between pulses: sessions that took place, and dates for the next one. Both of the two see the same.

-- A session as one of the two logged it, at most one a day: a second log of it changes the row.
create table session (
    pair_id text not null references pair,
    -- Civil date by the clock of the one who logged it.
    day text not null,
    -- About when it was: noon of the day, or when it was logged if that was earlier.
    met_at bigint not null,
    minutes bigint check (minutes between 1 and 600),
    -- Who logged it, or corrected it last, and when: of two sayings the later one counts.
    person_id text not null references person,
    at bigint not null,
    -- It did not take place after all, or was logged under another day.
    withdrawn bigint,
    primary key (pair_id, day)
);
create index session_by_time on session (pair_id, met_at);

-- Two taps after a session, of each of the two alone. Nobody else sees them.
create table session_answer (
    pair_id text not null,
    day text not null,
    person_id text not null references person,
    item text not null,
    -- The place of the label that was tapped, from 1.
    value bigint not null check (value between 1 and 5),
    at bigint not null,
    primary key (pair_id, day, person_id, item),
    foreign key (pair_id, day) references session
);

-- Dates that one of the two suggested; the other's first tap sets one.
create table proposal (
    proposal_id text primary key,
    pair_id text not null references pair,
    person_id text not null references person,
    -- Up to three times in UTC milliseconds, separated by one space, earliest first.
    dates text not null,
    at bigint not null,
    -- The date that was set, and when.
    chosen bigint,
    chosen_at bigint,
    -- Another suggestion took its place, or it was called off.
    over bigint
);
create index proposal_by_pair on proposal (pair_id, at);

-- That the two of a pair have met, however it became known.
create view met as
select pair_id, at
from meeting
where met = 1
union all
select pair_id, met_at as at
from session
where withdrawn is null;
