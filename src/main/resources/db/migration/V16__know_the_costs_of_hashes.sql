-- Every refused password takes the work of the costliest hash in use. An index that was being built when this was
-- interrupted stays behind, invalid: hence the drop.
drop index concurrently if exists users_by_hash_cost;
create index concurrently users_by_hash_cost on users ((left(hashed_password, 6)) collate "C");
