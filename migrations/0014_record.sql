-- Thanks that one of a pair says to the other, and whether a mentee shares the own record with the mentor.

create table thanks (
    thanks_id text primary key,
    pair_id text not null references pair,
    from_id text not null references person,
    to_id text not null references person,
    -- Only these two ever read it. What is taken back is deleted.
    sealed text not null,
    at bigint not null,
    -- From then on it cannot be taken back any more, and stands in the record of whom it is for.
    due bigint not null
);
create index thanks_by_pair on thanks (pair_id, from_id, due);
create index thanks_by_reader on thanks (to_id, due);

-- The mentee's last word on it, by Slack's clock. Without a row the mentor sees nothing.
create table record_share (
    pair_id text primary key references pair,
    shared bigint not null check (shared in (0, 1)),
    at bigint not null
);
