-- Moves users and tasks of the FastAPI service from the schema fastapi into this service's tables, in one transaction.
-- It can be repeated: what has been moved is never moved again, so a second run only takes what is new. The old rows are
-- only read. docs/migrating-from-fastapi.md has the steps and says what happens to the data.
--
--   psql "$DATABASE_URL" -v ON_ERROR_STOP=1 -f deploy/migration/from-fastapi.sql

begin transaction isolation level repeatable read;

-- How times without a zone are read: datetime.utcnow() is UTC. If the service stored local times, set its zone here.
set local timezone = 'UTC';

create table if not exists fastapi.moved (
    kind     varchar(4) not null,
    old_id   text       not null,
    new_id   uuid       not null,
    -- What could not be kept as it was.
    notes    text[]     not null,
    moved_at timestamptz not null default now(),
    constraint moved_pkey primary key (kind, old_id),
    constraint moved_kind_known check (kind in ('user', 'task'))
);
-- Makes a second run wait for the first.
lock table fastapi.moved in exclusive mode;

-- Keeps an old id that is a UUID. Any other gets a UUIDv7 (RFC 9562, section 5.7) of its creation time.
create or replace function pg_temp.id_of(old_id text, made_at timestamptz) returns uuid language sql volatile as $$
    select case
        when old_id ~* '^[0-9a-f]{8}-?([0-9a-f]{4}-?){3}[0-9a-f]{12}$' then old_id::uuid
        else encode(
            set_bit(set_bit(overlay(
                uuid_send(gen_random_uuid())
                placing substring(int8send(floor(extract(epoch from made_at) * 1000)::bigint) from 3)
                from 1 for 6), 52, 1), 53, 1),
            'hex')::uuid
    end
$$;

-- Rows are read as JSON, because some versions of the service lack some of the columns.

create temporary table arriving_users on commit drop as
with old as (
    select
        row ->> 'id' as old_id,
        lower(btrim(row ->> 'email', E' \t\n\f\r')) as address,
        row ->> 'hashed_password' as hash,
        coalesce((row ->> 'is_active')::boolean, true) as active,
        coalesce((row ->> 'created_at')::timestamptz, now()) as created_at
    from (select to_jsonb(u) as row from fastapi.users u) as rows
    where not exists (select from fastapi.moved where kind = 'user' and old_id = row ->> 'id')
), judged as (
    select
        *,
        pg_temp.id_of(old_id, created_at) as new_id,
        coalesce(address, '') = '' as no_address,
        char_length(address) > 254 as long_address,
        exists (select from users where email = address) as taken,
        -- This service ignores case in addresses, the old one did not. The oldest enabled account keeps the address.
        row_number() over (partition by address order by active desc, created_at, length(old_id), old_id) > 1 as folded,
        coalesce(hash, '') !~ '^\$2[aby]\$(0[4-9]|[12][0-9]|3[01])\$[./A-Za-z0-9]{53}$' as no_bcrypt
    from old
)
select
    *,
    coalesce(no_address or long_address or taken or folded, false) as homeless,
    array_remove(array[
        case when no_address then 'has no address: disabled' end,
        case when long_address then 'address is longer than 254 characters: disabled' end,
        case when taken then 'address already has an account here: disabled' end,
        case when folded and not taken and not no_address then 'address differs from another''s only in case: disabled' end,
        case when no_bcrypt then 'password hash is not bcrypt: no password will match' end
    ], null) as notes
from judged;

insert into users (id, email, hashed_password, disabled, created_at)
select
    new_id,
    -- Nobody's address (RFC 2606), until an administrator assigns one, or gives the tasks to another account.
    case when homeless then 'moved-' || new_id || '@fastapi.invalid' else address end,
    -- A hash that matches no password.
    case when no_bcrypt then '$2b$12$' || repeat('.', 53) else hash end,
    homeless or not active,
    created_at
from arriving_users;

insert into fastapi.moved (kind, old_id, new_id, notes) select 'user', old_id, new_id, notes from arriving_users;

create temporary table arriving_tasks on commit drop as
with old as (
    select
        row ->> 'id' as old_id,
        owner.new_id as user_id,
        -- Everything with Unicode's property White_Space
        coalesce(btrim(row ->> 'title', E' \t\n\u000b\f\r\u0085\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006'
            || E'\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000'), '') as title,
        row ->> 'description' as description,
        coalesce((row ->> 'completed')::boolean, false) as completed,
        coalesce((row ->> 'created_at')::timestamptz, (row ->> 'updated_at')::timestamptz, now()) as created_at,
        (row ->> 'updated_at')::timestamptz as updated_at
    from (select to_jsonb(t) as row from fastapi.tasks t) as rows
    join fastapi.moved owner on owner.kind = 'user' and owner.old_id = row ->> 'user_id'
    where not exists (select from fastapi.moved where kind = 'task' and old_id = row ->> 'id')
), judged as (
    select
        *,
        title = '' as no_title,
        char_length(title) > 200 as long_title,
        case when char_length(title) > 200 then concat_ws(E'\n\n', title, description) else description end as whole
    from old
)
select
    *,
    pg_temp.id_of(old_id, created_at) as new_id,
    coalesce(char_length(whole) > 4000, false) as long_description,
    array_remove(array[
        case when no_title then 'title is blank: (untitled)' end,
        case when long_title then 'title is longer than 200 characters: complete in the description' end,
        case when char_length(whole) > 4000 then 'description is longer than 4000 characters: cut, complete in fastapi.tasks' end
    ], null) as notes
from judged;

insert into tasks (id, user_id, title, description, completed, completed_at, created_at, updated_at)
select
    new_id,
    user_id,
    case when no_title then '(untitled)' when long_title then left(title, 199) || '…' else title end,
    case when long_description then left(whole, 3999) || '…' else whole end,
    completed,
    -- The old service did not store the time of completion: the last change is the best guess.
    case when completed then greatest(updated_at, created_at) end,
    created_at,
    greatest(updated_at, created_at)
from arriving_tasks;

insert into fastapi.moved (kind, old_id, new_id, notes) select 'task', old_id, new_id, notes from arriving_tasks;

-- The report: how many were moved unchanged, and which were not.
select kind, coalesce(note, 'moved unchanged') as what, count(*), (array_agg(old_id order by length(old_id), old_id))[:20] as first
from fastapi.moved left join unnest(notes) as note on true
group by kind, note
union all
select 'task', 'has no owner: stays in fastapi.tasks', count(*), (array_agg(row ->> 'id' order by row ->> 'id'))[:20]
from (select to_jsonb(t) as row from fastapi.tasks t) as rows
where not exists (select from fastapi.moved where kind = 'user' and old_id = row ->> 'user_id')
having count(*) > 0
union all
select 'column', 'has no equivalent: stays in fastapi.' || table_name, count(*), array_agg(column_name::text order by ordinal_position)
from information_schema.columns
where table_schema = 'fastapi'
    and (table_name = 'users' and column_name not in ('id', 'email', 'hashed_password', 'is_active', 'created_at')
        or table_name = 'tasks' and column_name not in
            ('id', 'user_id', 'title', 'description', 'completed', 'created_at', 'updated_at'))
group by table_name
order by 1 desc, 3 desc, 2;

commit;
