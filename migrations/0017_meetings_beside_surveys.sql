-- Whether the two have met, said beside a survey: the same question as beside the pulse in whose place it stands.
create table survey_met (
    survey_id text not null references survey,
    pair_id text not null references pair,
    person_id text not null references person,
    met bigint not null check (met in (0, 1)),
    at bigint not null,
    primary key (survey_id, person_id)
);
create index survey_met_by_pair on survey_met (pair_id, at);

-- Every time that somebody said the two had met, wherever they said it.
drop view met;
create view met as
select pair_id, at
from meeting
where met = 1
union all
select pair_id, at
from survey_met
where met = 1
union all
select pair_id, met_at as at
from session
where withdrawn is null;
