-- Since when somebody coordinates a programme without a break. What was released before that may hold the answers of their
-- own pair, and with their own answers they could work out their partner's: in their own copy of a digest they read
-- totals from then on only. Of those who coordinate already nobody knows; the last time the settings were applied is
-- late enough.
alter table coordinator add column since bigint not null default 0;
update coordinator
set since = (select program.applied from program where program.program_id = coordinator.program_id);
