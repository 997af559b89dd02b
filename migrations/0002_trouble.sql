-- What an operator's numbers count at each look: few rows, found without reading all messages that were ever sent.
create index outbox_by_unsure on outbox (unsure) where unsure is not null;
create index outbox_by_doubtful on outbox (doubtful) where doubtful is not null;
create index outbox_by_dead on outbox (dead) where dead is not null;
