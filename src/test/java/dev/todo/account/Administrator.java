package dev.todo.account;

import dev.todo.TestDatabase;
import dev.todo.TodoClient;
import io.restassured.response.Response;

/** What administrators do, in their words. */
record Administrator(TodoClient user) {

    /** Somebody who signed up and was made an administrator. */
    static Administrator appointed() {
        var user = TodoClient.registered();
        TestDatabase.makeAdmin(user);
        return new Administrator(user);
    }

    /** The only one: all others are users from now on. */
    static Administrator alone() {
        TestDatabase.executeAny("update users set role = 'user' where role = 'admin'");
        return appointed();
    }

    /** The list with a query, which is sent as it stands. */
    Response list(String query) {
        return user.request().urlEncodingEnabled(false).get("/admin/users" + (query.isEmpty() ? "" : "?" + query));
    }

    Response get(String id) {
        return user.request().get("/admin/users/{id}", id);
    }

    Response change(TodoClient other, Object body) {
        return change(other.id(), body);
    }

    Response change(String id, Object body) {
        return user.request().contentType("application/json").body(body).patch("/admin/users/{id}", id);
    }

    Response delete(String id) {
        return user.request().delete("/admin/users/{id}", id);
    }
}
