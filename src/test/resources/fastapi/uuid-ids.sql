-- What SQLModel makes of models with uuid.UUID ids, of a service with no more columns than it needs, but for one.
create schema fastapi;
set local search_path = fastapi;

CREATE TABLE users (
	id UUID NOT NULL DEFAULT gen_random_uuid(),
	email VARCHAR NOT NULL,
	hashed_password VARCHAR NOT NULL,
	PRIMARY KEY (id)
);
CREATE UNIQUE INDEX ix_users_email ON users (email);

CREATE TABLE tasks (
	id UUID NOT NULL DEFAULT gen_random_uuid(),
	title VARCHAR NOT NULL,
	description VARCHAR,
	completed BOOLEAN NOT NULL DEFAULT false,
	color VARCHAR,
	user_id UUID NOT NULL,
	created_at TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT '2025-04-01 04:30:00.123456+02',
	PRIMARY KEY (id),
	FOREIGN KEY(user_id) REFERENCES users (id)
);
