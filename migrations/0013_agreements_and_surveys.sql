-- What the two of a pair agree on, and the surveys at the start, in the middle and at the end.

-- One agreement a pair: it lives on, and is opened again in the middle with what was agreed before.
create table agreement (
    pair_id text primary key references pair,
    -- Rises with every change of what one of the two wants, and when it is opened again: a word to an older one does not count.
    version bigint not null
);

-- When both were asked to agree: at the start, and again in the middle.
create table agreement_opening (
    pair_id text not null references pair,
    -- start or mid.
    opening text not null,
    at bigint not null,
    -- 1: it stands in the group DM; 0: with each of the two alone, who have no common working hour.
    shared bigint not null check (shared in (0, 1)),
    primary key (pair_id, opening)
);

-- What each of the two wants, by item of the bank: the place of the label, from 1, or words, sealed.
create table agreement_wish (
    pair_id text not null references pair,
    person_id text not null references person,
    item text not null,
    value bigint check (value between 1 and 20),
    sealed text,
    at bigint not null,
    primary key (pair_id, person_id, item)
);

-- "We agree", said to a version. What was changed since asks again.
create table agreement_word (
    pair_id text not null references pair,
    person_id text not null references person,
    version bigint not null,
    at bigint not null,
    primary key (pair_id, person_id)
);

-- Each time both agreed, and how often they mean to meet since then, in days: the rhythm that the score counts by.
create table agreed (
    pair_id text not null references pair,
    at bigint not null,
    rhythm bigint not null check (rhythm in (7, 14, 28)),
    primary key (pair_id, at)
);

-- A survey of one pair, in the place of the pulse of that occurrence: at most one at each time.
create table survey (
    survey_id text primary key,
    pair_id text not null references pair,
    -- start, mid or end.
    point text not null,
    -- Civil date of the pulse in whose place it stands, or of the day on which it was asked after the pair had ended.
    occurrence text not null,
    -- 1: the pair had ended.
    early bigint not null check (early in (0, 1)),
    closes bigint not null,
    closed bigint,
    unique (pair_id, point)
);
create index survey_to_close on survey (closes) where closed is null;
-- Pairs that have ended lately are asked their last questions.
create index pair_by_end on pair (ended) where ended is not null;

create table survey_ask (
    survey_id text not null references survey,
    person_id text not null references person,
    role text not null,
    due bigint not null,
    closes bigint not null,
    -- When the first of its items was answered.
    answered bigint,
    primary key (survey_id, person_id)
);
create index survey_ask_by_person on survey_ask (person_id, closes);

-- What somebody answered to an item: the place of a label, from 1, or words, sealed, with the consent to share them as value.
create table survey_answer (
    survey_id text not null references survey,
    person_id text not null references person,
    item text not null,
    value bigint check (value between 1 and 20),
    sealed text,
    audience text not null,
    audience_at bigint,
    at bigint not null,
    -- The total in which it came out, by its cut-off; an answer comes out once.
    left_with bigint,
    primary key (survey_id, person_id, item)
);

-- Totals of surveys as they were released: of one item, one side, and either named answers or those for totals only. Each
-- answer is in one of them; all that is told of surveys is computed from these.
create table survey_total (
    program_id text not null references program,
    cutoff bigint not null,
    point text not null,
    item text not null,
    role text not null,
    -- 1: answers that coordinators may read by name; 0: those for totals only.
    named bigint not null check (named in (0, 1)),
    people bigint not null,
    -- The sum over people of their own mean, a whole number; null where showing it would have told what somebody said.
    points bigint,
    -- Of named answers, the sum of the squares of these means: for comparing, shown nowhere.
    squares bigint,
    primary key (program_id, cutoff, point, item, role, named)
);
