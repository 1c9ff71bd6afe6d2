/**
 * Code that depends on internals of Vert.x, Netty and Quarkus, which may change in any release. Each class says why it
 * has to; none depends on any other code of ours.
 */
package dev.todo.http.internals;
