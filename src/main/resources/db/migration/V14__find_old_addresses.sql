-- "concurrently" keeps out nobody who writes; Flyway runs such statements outside a transaction, in a file of their own. An
-- index that was being built when this was interrupted stays behind, invalid: hence the drops.

-- The cleanup looks for addresses that were not used for a year.
drop index concurrently if exists known_addresses_by_last_use;
create index concurrently known_addresses_by_last_use on known_addresses (last_used_at);

-- A log-in forgets all but the user's newest.
drop index concurrently if exists known_addresses_newest;
create index concurrently known_addresses_newest on known_addresses (user_id, last_used_at desc);
