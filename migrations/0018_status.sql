-- Since when the person wants a status in Slack that says vacation or sick leave to count as being away; null: no status is
-- kept. Each switches it on for themselves.
alter table rest add column by_status bigint;
