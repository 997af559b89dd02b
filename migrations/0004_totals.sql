-- Totals: what was released stays as it is, so that nobody learns anything from the difference of two reports.

-- The track, department or cohort that a pair is counted with, as the coordinators call it.
alter table pair add column group_name text;

-- How an answer for totals only left the pool: the id of its batch, or `expired`. Until then it waits there, and can be
-- deleted like any other answer.
alter table answer add column left_with text;
create index answer_in_pool on answer (pulse_id) where audience = 'OnlyTotals' and left_with is null;

-- Thresholds that were in force until then. An answer keeps the highest one since it was given: lowering it later must not
-- uncover what was said before.
create table past_threshold (
    program_id text not null references program,
    until bigint not null,
    people bigint not null check (people between 3 and 10),
    primary key (program_id, until)
);

-- What was published of one week's named answers to one indicator: whole, because all that is shown of longer times is
-- computed from these.
create table block (
    program_id text not null references program,
    cutoff bigint not null,
    indicator text not null,
    value text not null,
    primary key (program_id, cutoff, indicator)
);

-- Answers for totals only that came out together. `points` is null where showing them would have told what somebody said.
create table batch (
    batch_id text primary key,
    program_id text not null references program,
    cutoff bigint not null,
    indicator text not null,
    role text not null,
    people bigint not null,
    points bigint,
    unique (program_id, cutoff, indicator, role)
);

-- How mentees and mentors answered the same questions over eight weeks; windows follow each other and share no week.
create table comparison (
    program_id text not null references program,
    cutoff bigint not null,
    indicator text not null,
    pairs bigint not null,
    -- The role that rates higher; null while that is not proven.
    higher text,
    primary key (program_id, cutoff, indicator)
);
