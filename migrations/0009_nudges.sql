-- Nudges: one small thing to do, to one person. What is held back from some, so that its effect can be measured, has a row
-- like what is sent.

-- When it is looked at next whether something may come to the person; and how many messages a week, at most, the person
-- wants. Null: as many as the programmes allow.
alter table person add column nudge_look bigint not null default 0;
alter table person add column weekly bigint;
create index person_by_nudge_look on person (nudge_look);

create table nudge (
    -- Made of the person, the pair, the kind, the episode and how many there were of it: planning twice makes one.
    nudge_id text primary key,
    person_id text not null references person,
    pair_id text not null references pair,
    kind text not null,
    -- The civil day of what occasioned it, and the active days from it to the day on which it was decided.
    episode text not null,
    days bigint not null,
    day text not null,
    -- The person's own ISO week whose one nudge it is.
    week text not null,
    due bigint not null,
    held bigint not null check (held in (0, 1)),
    -- When it turned out that it need not be sent any more.
    dropped bigint,
    -- The first of its episode where kinds are measured: it counts for the effect.
    measured bigint not null check (measured in (0, 1)),
    -- done, tomorrow, not-helpful or stopped, and when that was said.
    reaction text,
    reacted bigint,
    -- The day on which it comes once more, as the person asked.
    again text,
    -- Whether it came to what it is for, and when that was known.
    outcome bigint check (outcome in (0, 1)),
    ended bigint,
    -- One a week, also where two replicas decide at the same moment.
    unique (person_id, week)
);
create index nudge_by_person on nudge (person_id, due);
create index nudge_by_measure on nudge (kind, outcome) where measured = 1;
create index nudge_by_pair on nudge (pair_id, kind, due);

-- What somebody does not want: a kind, or, as `*`, all. `since` is null where it is wanted again: the row keeps of which of
-- two words the later counts.
create table unwanted (
    person_id text not null references person,
    kind text not null,
    since bigint,
    said bigint not null,
    primary key (person_id, kind)
);

-- A look at whether a kind helps in a workspace, whole, because what it showed stays as it is. A coordinator who revives
-- a kind takes the verdict back, not the numbers.
create table judgement (
    workspace_id text not null references workspace,
    kind text not null,
    mark bigint not null,
    value text not null,
    at bigint not null,
    revived bigint,
    primary key (workspace_id, kind, mark)
);
