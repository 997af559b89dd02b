-- The weekly look at each pair, stored in the transaction of its digest: what next week's look goes on from (the state
-- changes with hysteresis), and what a pair's page shows over time.

create table evaluation (
    pair_id text not null references pair,
    -- The digest's cut-off.
    cutoff bigint not null,
    -- 1 is the pair's first. While it is paused none is made, so that four back may be more than four weeks ago.
    number bigint not null,
    -- The version of the published rules that made these numbers.
    rules bigint not null,
    health bigint not null,
    -- What the Health is the sum of, by name, as JSON.
    parts text not null,
    without_worst_day bigint not null,
    ready bigint not null check (ready in (0, 1)),
    thin bigint not null check (thin in (0, 1)),
    state text not null,
    -- All counted answers of each side up to the cut-off and the sum of their points: closed pulses do not change, so
    -- that the next look only reads what closed since.
    mentee_answers bigint not null,
    mentee_points bigint not null,
    mentor_answers bigint not null,
    mentor_points bigint not null,
    -- All pulses that each side was asked up to the cut-off, and how many of them closed unanswered.
    mentee_asked bigint not null,
    mentee_missed bigint not null,
    mentor_asked bigint not null,
    mentor_missed bigint not null,
    -- The cut-off at which the two were last said to see some things differently.
    gap bigint,
    primary key (pair_id, cutoff)
);
create unique index evaluation_by_number on evaluation (pair_id, number);

-- Slack's chart block is young: where a workspace refuses it, digests come without.
alter table workspace add column charts_refused bigint;

-- What a closed pulse counts for, written when it closes, because closing freezes answers and audiences: a digest of ten
-- thousand pairs reads one text a pulse in place of its asks and answers. Entries stand between commas: role and whether
-- it was answered (1) or missed (0); and for each answer that is not for totals only: role, question, value, time.
alter table pulse add column counted text;

update pulse
set counted = (
    select string_agg(entries.entry, ',')
    from (
        select ask.role || ' ' || case when ask.answered is null then '0' else '1' end as entry
        from ask
        where ask.pulse_id = pulse.pulse_id
            and ask.folded is null
            and (ask.answered is not null or (ask.skipped is null and ask.closed is not null))
        union all
        select ask.role || ' ' || answer.question_id || ' ' || cast(answer.value as text) || ' ' || cast(answer.at as text)
        from answer
        join ask on ask.pulse_id = answer.pulse_id
            and ask.person_id = answer.person_id
        where answer.pulse_id = pulse.pulse_id
            and answer.audience <> 'OnlyTotals') as entries)
where closed is not null;

-- What closed for a pair since some time, newest first.
create index pulse_by_closing on pulse (pair_id, closed);
