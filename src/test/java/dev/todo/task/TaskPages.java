package dev.todo.task;

import dev.todo.TodoClient;
import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Follows the links between pages. */
final class TaskPages {

    private TaskPages() {}

    /** The page in the Link header, or null on the last page. */
    static Response next(TodoClient user, Response page) {
        var link = page.header("Link");
        return link == null ? null : user.request().urlEncodingEnabled(false).get(link.substring(1, link.indexOf('>')));
    }

    /** The tasks of all pages. */
    static List<Map<String, Object>> all(TodoClient user, String query) {
        var tasks = new ArrayList<Map<String, Object>>();
        for (var page = user.list(query); page != null; page = next(user, page)) {
            if (page.statusCode() != 200) {
                throw new IllegalStateException(page.statusLine() + " " + page.asString());
            }
            tasks.addAll(page.jsonPath().getList("$"));
        }
        return tasks;
    }

    static List<Object> titles(TodoClient user, String query) {
        return all(user, query).stream().map(task -> task.get("title")).toList();
    }
}
