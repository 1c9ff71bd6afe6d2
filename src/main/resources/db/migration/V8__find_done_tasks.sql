-- Done tasks may be few among many that are open.
create index tasks_done on tasks (user_id, created_at desc, id desc) where deleted_at is null and completed;
