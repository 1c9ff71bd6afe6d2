-- What became of a user's tasks, change by change, for a day: clients resume from here after a cut.
create table task_events (
    id          bigint       not null generated always as identity,
    user_id     uuid         not null,
    name        varchar(12)  not null,
    -- The row after the change.
    task        jsonb        not null,
    happened_at timestamptz  not null default now(),
    -- Serves "all of this user's after that one".
    constraint task_events_pkey primary key (user_id, id),
    constraint task_events_user_exists foreign key (user_id) references users (id) on delete cascade,
    constraint task_events_name_known check (name in ('task.created', 'task.updated', 'task.deleted'))
);

-- The clean-up looks for old ones; they lie in the order of time, so a few bytes for each hundred pages are enough.
create index task_events_by_time on task_events using brin (happened_at);

-- Ids of one user's events are to become visible in their order, or a client would resume past one that was still to be
-- committed. So whoever changes tasks of a user waits for whoever else is doing that, from here to the commit.
create function tell_of_task_changes() returns trigger language plpgsql as $$
begin
    perform pg_advisory_xact_lock(1953654113, hashtext(changer.user_id::text))
    from (select distinct user_id from changed order by user_id) as changer;
    if tg_op = 'INSERT' then
        insert into task_events (user_id, name, task)
        select user_id, 'task.created', to_jsonb(changed) - 'terms' from changed order by id;
    else
        insert into task_events (user_id, name, task)
        select changed.user_id,
               case when changed.deleted_at is null then 'task.updated' else 'task.deleted' end,
               to_jsonb(changed) - 'terms'
        from changed join original on original.id = changed.id
        where changed.version <> original.version or changed.deleted_at is distinct from original.deleted_at
        order by changed.id;
    end if;
    return null;
end
$$;

create trigger tasks_tell_of_creation after insert on tasks
    referencing new table as changed
    for each statement execute function tell_of_task_changes();

create trigger tasks_tell_of_changes after update on tasks
    referencing old table as original new table as changed
    for each statement execute function tell_of_task_changes();
