-- Help, fit and endings: what is said in confidence, to whom it went, and how a pair comes to its end.

-- What it is about and how soon, by the person's own choice; requests of before say neither.
alter table help add column topic text not null default 'other';
alter table help add column urgency text not null default 'this_week';
-- When it goes to the deputy unless somebody has opened it by then. Null: that is settled.
alter table help add column passes_on bigint;
-- When nobody had opened it in time, and who has it since, where there is a deputy.
alter table help add column passed_on bigint;
alter table help add column deputy_id text references person;
create index help_to_pass_on on help (passes_on) where passes_on is not null;
create index help_by_person on help (person_id, at);

-- Whom a request went to. Nobody else may open it, whoever coordinates the programme later.
create table help_receiver (
    help_id text not null references help,
    person_id text not null references person,
    -- When this one opened it first, and dealt with it.
    opened bigint,
    handled bigint,
    primary key (help_id, person_id)
);
insert into help_receiver (help_id, person_id)
select help.help_id, coordinator.person_id
from help
join pair on pair.pair_id = help.pair_id
join coordinator on coordinator.program_id = pair.program_id
where coordinator.person_id not in (pair.mentor_id, pair.mentee_id);

-- Whether a pairing is right for one of the two, as that one says. The other never sees it, and no score reads it.
create table fit (
    pair_id text not null references pair,
    person_id text not null references person,
    -- How often it was asked, and when last.
    times bigint not null,
    asked bigint,
    -- good, finding_out or not_good; coordinator or nobody, where it is not good.
    answer text,
    may_know text,
    at bigint,
    primary key (pair_id, person_id)
);
create index fit_by_person on fit (person_id);

-- When the pair is to be looked at for that question. Null once nothing more is asked.
alter table pair add column next_fit bigint;
update pair set next_fit = next_look where ended is null;
create index pair_by_fit on pair (next_fit) where next_fit is not null and ended is null;

-- Why a pair ended: a kind, never words; and by whom, if that was a person. Neither is ever shown to the other one.
alter table pair add column ended_reason text;
alter table pair add column ended_by text references person;
create index pair_ended on pair (program_id, ended) where ended is not null;
