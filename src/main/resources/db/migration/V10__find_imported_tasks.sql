-- Finds the tasks of an import that was given up.
drop index concurrently if exists tasks_of_import;
create index concurrently tasks_of_import on tasks (import_id) where import_id is not null;

-- Replaces tasks_due: counting must know which tasks are hidden, and needs no more than what is in here.
drop index concurrently if exists tasks_by_due;
create index concurrently tasks_by_due on tasks (user_id, due_at, id) include (completed, import_id)
    where deleted_at is null;
drop index concurrently if exists tasks_due;
