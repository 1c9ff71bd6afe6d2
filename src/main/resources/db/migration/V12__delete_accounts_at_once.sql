-- Deleting a user, or ending a session, deletes one row, whatever hangs on it: everything else is reached through that row
-- only. What is left behind goes in batches, and these tables say whose it is.
create table deleted_users (
    id         uuid        not null,
    deleted_at timestamptz not null default now(),
    constraint deleted_users_pkey primary key (id)
);

-- The cleanup takes the oldest first.
create index deleted_users_oldest on deleted_users (deleted_at);

create table ended_sessions (
    id         uuid        not null,
    deleted_at timestamptz not null default now(),
    constraint ended_sessions_pkey primary key (id)
);

-- The cleanup takes the oldest first.
create index ended_sessions_oldest on ended_sessions (deleted_at);

create function remember_deleted_users() returns trigger language plpgsql as $$
begin
    insert into deleted_users (id) select id from deleted on conflict (id) do nothing;
    return null;
end
$$;

create function remember_ended_sessions() returns trigger language plpgsql as $$
begin
    insert into ended_sessions (id) select id from deleted on conflict (id) do nothing;
    return null;
end
$$;

do $$
declare
    affected text := (
        select string_agg(oid::regclass::text, ', ' order by relname) from pg_class
        where oid in (
            to_regclass('users'), to_regclass('sessions'), to_regclass('refresh_tokens'), to_regclass('known_addresses'),
            to_regclass('personal_tokens'), to_regclass('idempotency_keys'), to_regclass('tasks'), to_regclass('imports'),
            to_regclass('task_counts'), to_regclass('task_events')));
begin
    -- Requests wait behind this for the locks, and have two seconds: so it gives way again and again until it gets all of
    -- them at once.
    set local lock_timeout = '100ms';
    loop
        begin
            execute 'lock table ' || affected || ' in access exclusive mode';
            exit;
        exception when lock_not_available or deadlock_detected then
            perform pg_sleep(0.2);
        end;
    end loop;

    -- The cascades deleted everything of a user in one statement, which took too long where it was much.
    alter table tasks drop constraint if exists tasks_user_exists;
    alter table sessions drop constraint if exists sessions_user_exists;
    alter table refresh_tokens drop constraint if exists refresh_tokens_session_exists;
    alter table known_addresses drop constraint if exists known_addresses_user_exists;
    alter table personal_tokens drop constraint if exists personal_tokens_user_exists;
    alter table idempotency_keys drop constraint if exists idempotency_keys_user_exists;
    alter table if exists imports drop constraint if exists imports_user_exists;
    alter table if exists task_counts drop constraint if exists task_counts_user_exists;
    alter table if exists task_events drop constraint if exists task_events_user_exists;

    create trigger users_remember_deletion after delete on users
        referencing old table as deleted
        for each statement execute function remember_deleted_users();
    create trigger sessions_remember_end after delete on sessions
        referencing old table as deleted
        for each statement execute function remember_ended_sessions();
end
$$;
