-- A person's own time, beside their pauses: what they said of it in App Home, and what their status in Slack says. No row:
-- nothing was said, and the programme's hours hold.
create table rest (
    person_id text primary key references person,
    -- Days on which the person works: Mon,Tue,Thu. Null: those of the programme.
    week text,
    -- Hours of each day in which nothing is written to them: 12:00-13:00. Null: none.
    quiet text,
    -- Whose public holidays: program, none, or a country's two letters.
    holidays text not null,
    -- How often the person is asked: every, second or never.
    pace text not null,
    -- When the person said so; of two sayings the later one counts.
    said bigint not null,
    -- Until when the status in Slack says that the person is out of office, as it was last seen. Its words are not kept.
    out_until bigint
);

-- That somebody who had not answered three times in a row was asked what suits them, on which day of their own, and
-- what they chose. The name of the message is made from both, so it is asked once.
create table silence (
    person_id text not null references person,
    day text not null,
    at bigint not null,
    -- less, pause, stop or keep.
    choice text,
    chosen bigint,
    primary key (person_id, day)
);
