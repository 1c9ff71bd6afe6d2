-- When the cleanup is due: one replica does it, and says until when the others need not look.
create table upkeep (
    id     smallint    not null default 1,
    due_at timestamptz not null,
    constraint upkeep_pkey primary key (id),
    constraint upkeep_one_row check (id = 1)
);
