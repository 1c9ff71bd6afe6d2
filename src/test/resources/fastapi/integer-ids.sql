-- What SQLModel makes of models with Optional[int] ids, as it did until it gave times a zone.
create schema fastapi;
set local search_path = fastapi;

CREATE TABLE users (
	id SERIAL NOT NULL,
	email VARCHAR NOT NULL,
	hashed_password VARCHAR NOT NULL,
	is_active BOOLEAN NOT NULL DEFAULT true,
	created_at TIMESTAMP WITHOUT TIME ZONE NOT NULL DEFAULT '2025-03-30 01:30:00',
	PRIMARY KEY (id)
);
CREATE UNIQUE INDEX ix_users_email ON users (email);

CREATE TABLE tasks (
	id SERIAL NOT NULL,
	user_id INTEGER,
	title VARCHAR NOT NULL,
	description VARCHAR,
	completed BOOLEAN NOT NULL DEFAULT false,
	created_at TIMESTAMP WITHOUT TIME ZONE NOT NULL DEFAULT '2025-04-01 02:30:00.123456',
	updated_at TIMESTAMP WITHOUT TIME ZONE NOT NULL DEFAULT '2025-04-01 02:30:00.123456',
	PRIMARY KEY (id),
	FOREIGN KEY(user_id) REFERENCES users (id)
);
CREATE INDEX ix_tasks_user_id ON tasks (user_id);
