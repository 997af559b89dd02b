-- One schema for SQLite and PostgreSQL. Keys are text; times are UTC milliseconds; a nullable time stands where a flag
-- and its time would; civil dates are ISO text. Names, words and tokens: names stand in `person`, words stand sealed in
-- `sealed` columns, tokens stand nowhere.

create table workspace (
    workspace_id text primary key,
    bot_user text not null,
    -- Slack said that the token is void, or the app was removed: nothing is posted until somebody mends it.
    stopped bigint,
    stopped_why text
);

create table person (
    person_id text primary key,
    workspace_id text not null references workspace,
    name text not null,
    zone text not null,
    deactivated bigint,
    -- When Slack was last asked about this person.
    looked bigint not null,
    -- Since when App Home is kept up to date for this person.
    home_opened bigint
);
create index person_by_workspace on person (workspace_id, looked);

create table program (
    program_id text primary key,
    workspace_id text not null references workspace,
    -- The settings as one value: they are read whole, and a new setting needs no new column.
    settings text not null,
    applied bigint not null,
    -- When the next digest is to be computed: the earliest of its coordinators' digest times.
    next_digest bigint
);
create index program_by_digest on program (next_digest);

create table coordinator (
    program_id text not null references program,
    person_id text not null references person,
    primary key (program_id, person_id)
);
create index coordinator_by_person on coordinator (person_id);

create table pair (
    pair_id text primary key,
    program_id text not null references program,
    mentor_id text not null references person,
    mentee_id text not null references person,
    starts text not null,
    connection text,
    -- The group DM, once it is open.
    channel text,
    -- When planning must look at this pair again. Whatever changes the plan sets it to the time of the change.
    next_look bigint not null,
    ended bigint,
    -- Why the pair cannot be reached; told to the coordinators once.
    unreachable bigint,
    unreachable_why text,
    unique (program_id, mentor_id, mentee_id)
);
create index pair_by_look on pair (next_look);
create index pair_by_mentor on pair (mentor_id);
create index pair_by_mentee on pair (mentee_id);

-- A person in a programme: welcomed alone, then in or out by their own word.
create table participation (
    program_id text not null references program,
    person_id text not null references person,
    welcomed bigint,
    started bigint,
    declined bigint,
    primary key (program_id, person_id)
);
create index participation_by_person on participation (person_id);

create table pulse (
    pulse_id text primary key,
    pair_id text not null references pair,
    occurrence text not null,
    number bigint not null,
    number_of bigint,
    strike bigint not null,
    -- shared, private or rows: where it is asked.
    form text not null,
    closes bigint not null,
    closed bigint,
    folded bigint
);
create index pulse_by_pair on pulse (pair_id, strike);
create index pulse_to_close on pulse (closes) where closed is null and folded is null;

create table ask (
    pulse_id text not null references pulse,
    person_id text not null references person,
    role text not null,
    -- Question ids in the order shown, separated by one space.
    questions text not null,
    due bigint not null,
    closes bigint not null,
    -- "Ask me tomorrow": when the person is reminded, alone.
    reminder bigint,
    answered bigint,
    skipped bigint,
    closed bigint,
    folded bigint,
    primary key (pulse_id, person_id)
);
create index ask_by_person on ask (person_id, closes);

create table answer (
    pulse_id text not null references pulse,
    person_id text not null references person,
    question_id text not null,
    value bigint not null check (value between 1 and 5),
    audience text not null,
    -- By Slack's clock: of two acts the later one counts, in whatever order they arrive.
    at bigint not null,
    primary key (pulse_id, person_id, question_id)
);

create table comment (
    pulse_id text not null references pulse,
    person_id text not null references person,
    question_id text not null,
    sealed text not null,
    at bigint not null,
    primary key (pulse_id, person_id, question_id)
);

-- What each of the two said about having met since the last pulse. A fact for both, not an answer.
create table meeting (
    pulse_id text not null references pulse,
    pair_id text not null references pair,
    person_id text not null references person,
    met bigint not null check (met in (0, 1)),
    at bigint not null,
    primary key (pulse_id, person_id)
);
create index meeting_by_pair on meeting (pair_id, at);

create table help (
    help_id text primary key,
    pair_id text not null references pair,
    person_id text not null references person,
    sealed text not null,
    at bigint not null
);

-- Events that came in, kept longer than Slack repeats them (24 hours and 10 minutes).
create table event (
    event_id text primary key,
    at bigint not null
);
create index event_by_age on event (at);

-- One row per Slack message. Rows hold ids, never words. `wanted` is what decisions ask for, `shown` what Slack has;
-- a message is sent or updated while shown < wanted.
create table outbox (
    name text primary key,
    -- The opaque form of the name that Slack sees.
    key text not null unique,
    workspace_id text not null references workspace,
    message text not null,
    -- What the message goes to: messages to one place go one a second.
    place text not null,
    due bigint,
    wanted bigint not null,
    shown bigint not null,
    channel text,
    ts text,
    -- Until when somebody holds it, and who; 0 when nobody does.
    claimed bigint not null,
    holder text,
    attempts bigint not null,
    first_try bigint,
    -- A post whose reply was lost; cleared when it is seen in Slack.
    unsure bigint,
    -- It may have been sent twice or not at all, and nobody can know.
    doubtful bigint,
    dead bigint,
    dead_why text
);
create index outbox_by_due on outbox (due, name) where due is not null;
-- What is in somebody's hands: nothing else goes to such a place.
create index outbox_by_held_place on outbox (place) where claimed > 0 and due is not null;
-- Replies to a tap are born in hand and nobody else can send them: when the claim runs out, nobody can know.
create index outbox_by_claim on outbox (claimed) where claimed > 0;

-- When something may be called again: a method that said 429, a place that was just written to, the pace of posts.
create table throttle (
    workspace_id text not null references workspace,
    name text not null,
    free bigint not null,
    -- For the pace of a method: microseconds between two calls, as it adapts.
    gap bigint,
    primary key (workspace_id, name)
);

-- A digest is stored whole, so that a second look shows the same numbers. `person_id` is set on the copy of a
-- coordinator who is in a pair of the programme: that pair is taken out of it.
create table digest (
    digest_id text primary key,
    program_id text not null references program,
    person_id text references person,
    cutoff bigint not null,
    value text not null
);
create index digest_by_program on digest (program_id, cutoff);
