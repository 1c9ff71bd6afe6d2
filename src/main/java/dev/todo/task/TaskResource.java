package dev.todo.task;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.todo.http.MergePatch;
import dev.todo.http.NextPage;
import dev.todo.http.Query;
import dev.todo.http.Rfc3339;
import dev.todo.user.CurrentUser;
import dev.todo.user.Scope;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;

/** The caller's tasks. */
@Path("tasks")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Scope.Names.READ_TASKS)
@WithSession
@Tag(name = "Tasks")
public class TaskResource {

    private final CurrentUser caller;
    private final Query query;
    private final MergePatch patches;

    TaskResource(CurrentUser caller, Query query, MergePatch patches) {
        this.caller = caller;
        this.query = query;
        this.patches = patches;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @WithTransaction
    @RolesAllowed(Scope.Names.WRITE_TASKS)
    @Operation(operationId = "createTask", summary = "Add a task")
    @APIResponse(
            responseCode = "201",
            description = "The new task",
            headers = @Header(name = HttpHeaders.LOCATION, description = "The path of the new task"),
            content = @Content(schema = @Schema(implementation = TaskView.class)))
    public Uni<RestResponse<TaskView>> create(@NotNull @Valid TaskFields fields) {
        return Task.create(caller.id(), fields, Rfc3339.now())
                .<Task>persistAndFlush()
                .map(task -> ResponseBuilder.create(RestResponse.Status.CREATED, TaskView.of(task))
                        .header(HttpHeaders.LOCATION, "/tasks/" + task.id)
                        .build());
    }

    @GET
    @Operation(operationId = "listTasks", summary = "List tasks, newest first")
    @APIResponse(
            responseCode = "200",
            description = "A page of tasks",
            headers =
                    @Header(name = HttpHeaders.LINK, description = "The next page, with rel=next, while there is more"),
            content = @Content(schema = @Schema(type = SchemaType.ARRAY, implementation = TaskView.class)))
    @Parameter(
            name = "completed",
            in = ParameterIn.QUERY,
            description = "Only tasks that are done, or only open ones",
            schema = @Schema(type = SchemaType.BOOLEAN))
    @Parameter(
            name = "limit",
            in = ParameterIn.QUERY,
            description = "How many at most",
            schema = @Schema(type = SchemaType.INTEGER, minimum = "1", maximum = "200", defaultValue = "50"))
    @Parameter(
            name = "cursor",
            in = ParameterIn.QUERY,
            description = "Where to go on; from the header Link of the page before",
            schema = @Schema(type = SchemaType.STRING))
    public Uni<RestResponse<List<TaskView>>> list(UriInfo uri) {
        var filter = TaskFilter.of(query, caller.id());
        var limit = query.number("limit", 50, 1, 200);
        return Task.page(caller.id(), filter, limit + 1).map(tasks -> page(tasks, limit, filter, uri));
    }

    @GET
    @Path("{id}")
    @Operation(operationId = "getTask", summary = "Get a task")
    public Uni<TaskView> get(UUID id) {
        return Task.findOwned(id, caller.id()).map(TaskView::of);
    }

    @PUT
    @Path("{id}")
    @Consumes(MediaType.APPLICATION_JSON)
    @WithTransaction
    @RolesAllowed(Scope.Names.WRITE_TASKS)
    @Operation(
            operationId = "replaceTask",
            summary = "Write all of a task",
            description = "Missing members take their defaults.")
    public Uni<TaskView> replace(UUID id, @NotNull @Valid TaskFields fields) {
        var now = Rfc3339.now();
        return Task.findOwnedForChange(id, caller.id())
                .invoke(task -> task.write(fields, now))
                .call(task -> task.makeNext(now))
                .call(Panache::flush)
                .map(TaskView::of);
    }

    @PATCH
    @Path("{id}")
    @Consumes({"application/merge-patch+json", MediaType.APPLICATION_JSON})
    @WithTransaction
    @RolesAllowed(Scope.Names.WRITE_TASKS)
    @Operation(
            operationId = "changeTask",
            summary = "Change members of a task",
            description = "A JSON merge patch (RFC 7396): missing members stay, null gives a member its default.")
    @RequestBody(
            content = {
                @Content(
                        mediaType = "application/merge-patch+json",
                        schema = @Schema(implementation = TaskFields.class)),
                @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = TaskFields.class))
            })
    public Uni<TaskView> change(UUID id, @NotNull ObjectNode patch) {
        var now = Rfc3339.now();
        return Task.findOwnedForChange(id, caller.id())
                .invoke(task -> task.write(patches.apply(patch, TaskFields.of(task)), now))
                .call(task -> task.makeNext(now))
                .call(Panache::flush)
                .map(TaskView::of);
    }

    @PATCH
    @Path("{id}/complete")
    @Consumes(MediaType.APPLICATION_JSON)
    @WithTransaction
    @RolesAllowed(Scope.Names.WRITE_TASKS)
    @Operation(
            operationId = "completeTask",
            summary = "Toggle whether a task is done, or say which",
            description = "Completing a recurring task makes the next one, once, and answers with it in `next`.")
    @RequestBody(required = false, content = @Content(schema = @Schema(implementation = Completion.class)))
    public Uni<TaskView> complete(UUID id, Completion wanted) {
        var now = Rfc3339.now();
        return Task.findOwnedForChange(id, caller.id())
                .invoke(task -> task.complete(wanted, now))
                .call(task -> task.makeNext(now))
                .call(Panache::flush)
                .map(TaskView::of);
    }

    @DELETE
    @Path("{id}")
    @WithTransaction
    @RolesAllowed(Scope.Names.WRITE_TASKS)
    @Operation(operationId = "deleteTask", summary = "Delete a task")
    @APIResponse(responseCode = "204", description = "Deleted")
    public Uni<Void> delete(UUID id) {
        return Task.findOwnedForChange(id, caller.id())
                .invoke(task -> task.delete(Rfc3339.now()))
                .replaceWithVoid();
    }

    private static RestResponse<List<TaskView>> page(List<Task> tasks, int limit, TaskFilter filter, UriInfo uri) {
        var shown = tasks.stream().limit(limit).toList();
        var response = ResponseBuilder.ok(shown.stream().map(TaskView::of).toList());
        if (tasks.size() > limit) {
            response.header(HttpHeaders.LINK, NextPage.link(uri, filter.cursorAfter(shown.get(limit - 1))));
        }
        return response.build();
    }
}
