-- The task that completing this one made. It is remembered for good, so that completing it again makes no second one:
-- hence no foreign key, which would forget it when that task is purged.
alter table tasks add column successor_id uuid;

-- The local time that a recurring task's rule means by due_at, where daylight saving skips that time of day: the dates
-- that follow have it again.
alter table tasks add column due_local timestamp;
