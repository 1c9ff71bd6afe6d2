create table users (
    id              uuid        not null,
    email           varchar(254) not null,
    hashed_password varchar(255) not null,
    role            varchar(16) not null default 'user',
    disabled        boolean     not null default false,
    created_at      timestamptz not null default now(),
    last_login_at   timestamptz,
    constraint users_pkey primary key (id),
    -- Two sign-ups with one address are told apart here, and the log-in looks users up by it.
    constraint users_email_unique unique (email),
    constraint users_email_lower_case check (email = lower(email)),
    constraint users_role_known check (role in ('user', 'admin'))
);
