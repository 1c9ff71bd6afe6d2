create table tasks (
    id           uuid        not null,
    user_id      uuid        not null,
    title        varchar(200) not null,
    description  varchar(4000),
    completed    boolean     not null default false,
    completed_at timestamptz,
    priority     varchar(6)  not null default 'medium',
    due_at       timestamptz,
    tags         varchar(50)[] not null default '{}',
    recurrence   varchar(500),
    timezone     varchar(64),
    created_at   timestamptz not null default now(),
    updated_at   timestamptz not null default now(),
    deleted_at   timestamptz,
    version      integer     not null default 1,
    constraint tasks_pkey primary key (id),
    constraint tasks_user_exists foreign key (user_id) references users (id) on delete cascade,
    constraint tasks_title_not_empty check (title <> ''),
    constraint tasks_priority_known check (priority in ('low', 'medium', 'high')),
    constraint tasks_completed_at_if_completed check (completed = (completed_at is not null)),
    constraint tasks_tags_count check (cardinality(tags) <= 20),
    constraint tasks_recurrence_needs_due_at check (recurrence is null or due_at is not null)
);

-- The task list is always one owner's, newest first.
create index tasks_newest on tasks (user_id, created_at desc, id desc) where deleted_at is null;
