/**
 * Depends on internals of the Vert.x PostgreSQL client, which may change in any release: its pool, its commands and the
 * pipeline of its connections, which have no public API. {@code docs/decisions/0009-faults.md} explains why.
 */
package dev.todo.database.internals;
