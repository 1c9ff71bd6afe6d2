-- What scripts authenticate with instead of a password.
create table personal_tokens (
    id           uuid          not null,
    user_id      uuid          not null,
    name         varchar(100)  not null,
    -- SHA-256 of the token; the token itself is known to its user only.
    hash         bytea         not null,
    scopes       varchar(16)[] not null,
    created_at   timestamptz   not null default now(),
    expires_at   timestamptz,
    last_used_at timestamptz,
    constraint personal_tokens_pkey primary key (id),
    -- Serves every request that a token makes.
    constraint personal_tokens_hash_unique unique (hash),
    constraint personal_tokens_user_exists foreign key (user_id) references users (id) on delete cascade,
    constraint personal_tokens_scopes_known check (scopes <@ array['tasks:read', 'tasks:write']::varchar[]),
    constraint personal_tokens_have_a_scope check (cardinality(scopes) > 0)
);

-- The list of a user's tokens, newest first.
create index personal_tokens_of_user on personal_tokens (user_id, created_at desc, id desc);
