-- Refresh tokens are signed and no longer stored: docs/decisions/0020-refresh-tokens.md. The table refresh_tokens is only read
-- from now on, for tokens from before; and replicas of the previous release still need it until they are replaced.
do $$
begin
    -- Requests wait behind this for the locks, and have two seconds: so it gives way again and again until it gets all of
    -- them at once.
    set local lock_timeout = '100ms';
    loop
        begin
            lock table sessions, ended_sessions in access exclusive mode;
            exit;
        exception when lock_not_available or deadlock_detected then
            perform pg_sleep(0.2);
        end;
    end loop;
end
$$;

alter table sessions
    -- That of the current refresh token.
    add column generation integer not null default 0,
    -- When the previous refresh tokens were spent, latest first; those spent long before the latest are left out.
    add column spent_at timestamptz[] not null default '{}';

-- Nothing of an ended session is left to clean up.
drop trigger sessions_remember_end on sessions;
drop function remember_ended_sessions();
drop table ended_sessions;
