-- Of two acts about the same thing the later one counts, in whatever order they arrive. Three of them left no time behind.

-- When its author chose who sees an answer. Null: nobody chose, it is the question's own audience. Beside `at`, because an
-- answer that is changed keeps its audience, and an audience that was narrowed must not be widened by an older act.
alter table answer add column audience_at bigint;

-- When words to an answer were last taken back. The words themselves are deleted; older ones that come later stay out.
alter table answer add column withdrawn bigint;

-- When "ask me tomorrow" was said: of it and "not this week" the later counts.
alter table ask add column snoozed bigint;

-- When the person last said Start or "Not for me". Saying the same again moves this time alone: `started` and `declined`
-- are since when it is so.
alter table participation add column said bigint;
update participation set said = coalesce(started, declined);
