-- Administrators list users newest first.
drop index concurrently if exists users_newest;
create index concurrently users_newest on users (created_at desc, id desc);

-- Whether there is an administrator, or another one: they are few among many.
drop index concurrently if exists users_administrators;
create index concurrently users_administrators on users (id) where role = 'admin';
