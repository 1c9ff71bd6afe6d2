package dev.todo.task;

import dev.todo.http.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;
import org.jboss.resteasy.reactive.RestResponse.Status;

/** Builds responses with a task and its headers. */
final class TaskResponse {

    private TaskResponse() {}

    static RestResponse<TaskView> of(TaskView task) {
        return tagged(ResponseBuilder.ok(task), task);
    }

    static RestResponse<TaskView> created(TaskView task) {
        return tagged(
                ResponseBuilder.create(Status.CREATED, task).header(HttpHeaders.LOCATION, "/tasks/" + task.id()), task);
    }

    static RestResponse<TaskView> notModified(TaskView task) {
        return tagged(ResponseBuilder.create(Status.NOT_MODIFIED), task);
    }

    private static RestResponse<TaskView> tagged(ResponseBuilder<TaskView> answer, TaskView task) {
        return answer.header(HttpHeaders.ETAG, EntityTag.of(task.version())).build();
    }
}
