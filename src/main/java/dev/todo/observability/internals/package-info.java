/** Depends on internals of OpenTelemetry's SDK, which may change in any release. */
package dev.todo.observability.internals;
