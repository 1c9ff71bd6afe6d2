-- A log-in and all that follows from it. Ending a session deletes its row; its tokens stop working with it.
create table sessions (
    id           uuid        not null,
    user_id      uuid        not null,
    user_agent   varchar(255),
    created_at   timestamptz not null default now(),
    last_used_at timestamptz not null default now(),
    expires_at   timestamptz not null,
    constraint sessions_pkey primary key (id),
    constraint sessions_user_exists foreign key (user_id) references users (id) on delete cascade
);

-- The list of a user's sessions, and ending them all.
create index sessions_of_user on sessions (user_id, created_at desc);
-- The clean-up looks for those that are over.
create index sessions_by_end on sessions (expires_at);

create table refresh_tokens (
    -- SHA-256 of the token; the token itself is known to the client only.
    hash       bytea       not null,
    session_id uuid        not null,
    spent_at   timestamptz,
    -- The token that followed, readable only with this one: whoever lost that answer gets it again.
    successor  bytea,
    constraint refresh_tokens_pkey primary key (hash),
    constraint refresh_tokens_session_exists foreign key (session_id) references sessions (id) on delete cascade
);

-- For the cascade.
create index refresh_tokens_of_session on refresh_tokens (session_id);

-- From where somebody logged in: a stranger's failures never lock an owner out there.
create table known_addresses (
    user_id      uuid        not null,
    address      varchar(45) not null,
    last_used_at timestamptz not null default now(),
    constraint known_addresses_pkey primary key (user_id, address),
    constraint known_addresses_user_exists foreign key (user_id) references users (id) on delete cascade
);

-- Tries of which only so many are let through in a window of time. Rows are dropped some time after their window.
create table attempts (
    kind          varchar(16) not null,
    -- SHA-256 of what is counted (addresses, e-mail addresses): short, and nobody's data.
    key           bytea       not null,
    counted       integer     not null,
    -- Let through, but not judged yet. A replica that dies leaves its own behind; they are forgotten at pending_until.
    pending       integer     not null,
    pending_until timestamptz not null,
    window_ends   timestamptz not null,
    constraint attempts_pkey primary key (kind, key)
);

-- For the clean-up.
create index attempts_by_end on attempts (window_ends);
