-- Goals of a pair, written by its mentee and seen by both; nobody else reads their words, which are sealed.

create table goal (
    goal_id text primary key,
    pair_id text not null references pair,
    -- What should be different, and the skill that it builds.
    sealed text not null,
    skill_sealed text,
    -- Civil date by which it is meant.
    by_day text,
    set_at bigint not null,
    -- When its words were written last: of two writings the later one counts.
    written bigint not null,
    state text not null check (state in ('open', 'reached', 'dropped')),
    state_at bigint not null
);
create index goal_by_pair on goal (pair_id, set_at);

create table goal_step (
    goal_id text not null references goal,
    -- Its own for the goal's whole life, so that a tap on an old page means what it meant.
    n bigint not null check (n >= 1),
    -- Where it stands among the others.
    place bigint not null,
    sealed text not null,
    done bigint,
    -- When it was last said to be done or not done: the later word counts.
    said bigint not null default 0,
    -- It was left out when the goal was written anew.
    removed bigint,
    primary key (goal_id, n)
);

-- Each time that a goal was set, moved or reached. Never changed but withdrawn, so that an old week stays what it was.
create table goal_move (
    goal_id text not null references goal,
    pair_id text not null references pair,
    at bigint not null,
    kind text not null check (kind in ('set', 'moved', 'step', 'reached')),
    -- The step that was done; 0 for what is no step.
    n bigint not null default 0,
    withdrawn bigint,
    primary key (goal_id, kind, n, at)
);
create index goal_move_by_pair on goal_move (pair_id, at);

-- How sure the mentee felt in what a goal needs: at its start, in the middle and at its end. The mentee alone sees it.
create table goal_confidence (
    goal_id text not null references goal,
    asked text not null check (asked in ('start', 'middle', 'end')),
    value bigint not null check (value between 1 and 5),
    at bigint not null,
    primary key (goal_id, asked)
);
