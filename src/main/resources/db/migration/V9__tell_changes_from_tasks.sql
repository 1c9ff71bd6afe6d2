-- The feed of changes is read from the tasks themselves, in the order of (updated_at, id): docs/decisions/0015-events.md.
do $$
begin
    -- Requests wait behind this for the locks, and have two seconds: so it gives way again and again until it gets all of
    -- them at once.
    set local lock_timeout = '100ms';
    loop
        begin
            lock table users, tasks, task_events in access exclusive mode;
            exit;
        exception when lock_not_available or deadlock_detected then
            perform pg_sleep(0.2);
        end;
    end loop;
end
$$;

drop trigger tasks_tell_of_creation on tasks;
drop trigger tasks_tell_of_changes on tasks;
drop function tell_of_task_changes();
drop table task_events;

alter table tasks
    -- When the task was added here; null if that was before this column. A client that has not been told of anything since
    -- then is told that the task was created.
    add column added_at timestamptz,
    -- The import that adds the row, also after it has ended. No foreign key: the row of an import that has ended is gone.
    add column import_id bigint;

-- Imports that are under way. Their tasks are hidden until the row is deleted: docs/decisions/0014-export-and-import.md.
create table imports (
    id         bigint      not null generated always as identity,
    user_id    uuid        not null,
    -- The time of the change that all tasks of the import get.
    updated_at timestamptz not null,
    -- Extended while the import goes on. Afterwards its replica is taken for dead.
    expires_at timestamptz not null,
    -- How many tasks it adds.
    tasks      integer     not null,
    -- The idempotency key of the request, if it has one.
    key        varchar(255),
    constraint imports_pkey primary key (id),
    constraint imports_user_exists foreign key (user_id) references users (id) on delete cascade
);

-- Each change of a user's tasks asks for the imports of the user.
create index imports_of_user on imports (user_id, updated_at);

-- Not less than the number of tasks that a user has, trash included, except for what other programs have added since.
create table task_counts (
    user_id    uuid        not null,
    tasks      integer     not null,
    -- When the tasks were really counted.
    counted_at timestamptz not null,
    constraint task_counts_pkey primary key (user_id),
    constraint task_counts_user_exists foreign key (user_id) references users (id) on delete cascade
);

-- The time of a change that begins now: later than that of every other change of this owner's tasks, also if the clock was set
-- back. Changes of one owner wait for each other, from here to the commit. The statements inside see what was committed while
-- this one waited.
create function time_of_change(owner uuid) returns timestamptz language plpgsql as $$
declare
    latest timestamptz;
begin
    perform pg_advisory_xact_lock(1953654113, hashtext(owner::text));
    select greatest(
        (select max(updated_at) from tasks where user_id = owner),
        (select max(updated_at) from imports where user_id = owner)) into latest;
    return greatest(clock_timestamp(), latest + interval '1 microsecond');
end
$$;

-- The time of a change that adds tasks; null if the owner would have more than the quota. Counting 200,000 tasks takes about
-- 50 ms, so they are only counted if the quota seems to be used up (but not again and again), and once a day.
create function time_of_addition(owner uuid, added integer, quota integer) returns timestamptz language plpgsql as $$
declare
    change_time timestamptz := time_of_change(owner);
    known task_counts;
    counted integer;
begin
    update task_counts set tasks = tasks + added
    where user_id = owner and tasks + added <= quota and counted_at > clock_timestamp() - interval '1 day';
    if found then
        return change_time;
    end if;

    select * into known from task_counts where user_id = owner;
    if known.tasks + added > quota
            and clock_timestamp() between known.counted_at and known.counted_at + known.tasks * interval '0.2 ms' then
        return null;
    end if;

    select (select count(*) from tasks where user_id = owner)
        - (select count(*) from imports join tasks on tasks.import_id = imports.id where imports.user_id = owner)
        + (select coalesce(sum(tasks), 0) from imports where user_id = owner and expires_at > clock_timestamp())
    into counted;
    insert into task_counts (user_id, tasks, counted_at)
    values (owner, case when counted + added <= quota then counted + added else counted end, clock_timestamp())
    on conflict (user_id) do update set tasks = excluded.tasks, counted_at = excluded.counted_at;
    return case when counted + added <= quota then change_time end;
end
$$;
