-- The attention budget: a row for each slot of somebody's own ISO week that a message of ours has taken, written together
-- with the message. The key keeps the limit across replicas: of two that take the same slot one is tried again.
create table attention (
    person_id text not null references person,
    -- By the person's own calendar: 2026-W19.
    week text not null,
    slot bigint not null check (slot >= 1),
    message text not null,
    primary key (person_id, week, slot),
    unique (person_id, message)
);
