-- What a task is found by: its folded words and its tags, each after a mark of the owner (see SearchTerms). Null where a row
-- came by other ways than this service; the service adds what is missing.
alter table tasks add column terms varchar(506)[];

create index tasks_without_terms on tasks (user_id) where terms is null;

-- Words and tags. As each has its owner's mark, looking for one costs nothing for the tasks of others. Every search reads
-- what was not merged into the index yet, so that is kept small.
create index tasks_terms on tasks using gin (array_to_tsvector(terms)) with (gin_pending_list_limit = 128);

-- Open tasks may be few among many that are done.
create index tasks_open on tasks (user_id, created_at desc, id desc) where deleted_at is null and not completed;

-- Sorted by the last change, and changes since: deleted tasks too. Also what the deletion of a user looks up.
create index tasks_changed on tasks (user_id, updated_at, id);

-- Sorted by date, due before or after, overdue; counting needs no more than what is in here.
create index tasks_due on tasks (user_id, due_at, id) include (completed) where deleted_at is null;

-- Sorted by priority.
create index tasks_by_priority on tasks
    (user_id, (case priority when 'low' then 1 when 'medium' then 2 else 3 end), id) where deleted_at is null;

-- Sorted by title. ICU, which PostgreSQL brings along, knows the case of all scripts whatever the database's locale is; the
-- order of code points is the same everywhere, and no update of a library changes it.
create index tasks_by_title on tasks
    (user_id, (lower(title collate "und-x-icu") collate "C"), id) where deleted_at is null;

-- The trash, to be emptied of what has been in it for long.
create index tasks_trash on tasks (deleted_at) where deleted_at is not null;

-- Requests with an Idempotency-Key, and their first answers.
create table idempotency_keys (
    user_id      uuid         not null,
    operation    varchar(32)  not null,
    key          varchar(255) not null,
    request_hash varchar(64)  not null,
    answer       text,
    created_at   timestamptz  not null,
    constraint idempotency_keys_pkey primary key (user_id, operation, key),
    constraint idempotency_keys_user_exists foreign key (user_id) references users (id) on delete cascade
);

-- Keys are forgotten after a day.
create index idempotency_keys_oldest on idempotency_keys (created_at);
