package dev.todo.account;

import dev.todo.TestDatabase;
import dev.todo.TodoClient;
import io.restassured.response.Response;

/** An administrator's calls to the API. */
record Administrator(TodoClient user) {

    /** A new user with the administrator role. */
    static Administrator appointed() {
        var user = TodoClient.registered();
        TestDatabase.makeAdmin(user);
        return new Administrator(user);
    }

    /** The only administrator: all others lose the role. */
    static Administrator alone() {
        TestDatabase.executeAny("update users set role = 'user' where role = 'admin'");
        return appointed();
    }

    /** Lists users; the query is sent as is. */
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
