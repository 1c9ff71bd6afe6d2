/**
 * What leans on internals of Vert.x, Netty and Quarkus, which may change in any release. Each class says why it has to;
 * none knows anything else of ours.
 */
package dev.todo.http.internals;
