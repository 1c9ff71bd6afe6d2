package dev.todo.task;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.todo.http.EntityTag;
import dev.todo.http.EntityTag.IfMatch;
import dev.todo.http.idempotency.Idempotency;
import dev.todo.http.idempotency.IdempotentRequest;
import dev.todo.http.json.JsonRecordReader;
import dev.todo.http.json.MergePatch;
import dev.todo.user.CurrentUser;
import dev.todo.user.Scope;
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
import java.time.Instant;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.Cancellable;

/** Reads and changes single tasks of the caller. */
@Path("tasks")
@Cancellable(false)
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Scope.Names.READ_TASKS)
@Tag(name = "Tasks")
public class TaskResource {

    private final CurrentUser caller;
    private final Tasks tasks;
    private final JsonRecordReader bodies;
    private final MergePatch patches;
    private final Idempotency idempotency;

    TaskResource(
            CurrentUser caller, Tasks tasks, JsonRecordReader bodies, MergePatch patches, Idempotency idempotency) {
        this.caller = caller;
        this.tasks = tasks;
        this.bodies = bodies;
        this.patches = patches;
        this.idempotency = idempotency;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed(Scope.Names.WRITE_TASKS)
    @Operation(operationId = "createTask", summary = "Create a task")
    @Parameter(ref = IdempotentRequest.HEADER)
    @RequestBody(required = true, content = @Content(schema = @Schema(implementation = TaskFields.class)))
    @APIResponse(
            responseCode = "201",
            description = "The new task",
            headers = @Header(name = HttpHeaders.LOCATION, description = "The path of the new task"),
            content = @Content(schema = @Schema(implementation = TaskView.class)))
    public Uni<RestResponse<TaskView>> create(@NotNull ObjectNode body, HttpHeaders headers) {
        var fields = bodies.read(body, TaskFields.class);
        return IdempotentRequest.of(headers, caller.id(), "createTask", body)
                .map(request -> idempotency.once(
                        request,
                        TaskView.class,
                        transaction -> tasks.add(transaction, Task.create(caller.id(), fields, Task.THIS_CHANGE))
                                .map(TaskView::of)))
                .orElseGet(() -> tasks.add(caller.id(), fields).map(TaskView::of))
                .map(TaskResponse::created);
    }

    @GET
    @Path("{id}")
    @Operation(operationId = "getTask", summary = "Get a task")
    @Parameter(ref = HttpHeaders.IF_NONE_MATCH)
    public Uni<RestResponse<TaskView>> get(UUID id, HttpHeaders headers) {
        return tasks.find(id, caller.id())
                .map(TaskView::of)
                .map(task -> EntityTag.isKnown(task.version(), headers)
                        ? TaskResponse.notModified(task)
                        : TaskResponse.of(task));
    }

    @PUT
    @Path("{id}")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed(Scope.Names.WRITE_TASKS)
    @Operation(
            operationId = "replaceTask",
            summary = "Replace a task",
            description = "Omitted fields take their defaults.")
    @Parameter(ref = HttpHeaders.IF_MATCH)
    public Uni<RestResponse<TaskView>> replace(UUID id, @NotNull @Valid TaskFields fields, HttpHeaders headers) {
        return change(id, headers, (task, now) -> task.write(fields, now));
    }

    @PATCH
    @Path("{id}")
    @Consumes({"application/merge-patch+json", MediaType.APPLICATION_JSON})
    @RolesAllowed(Scope.Names.WRITE_TASKS)
    @Operation(
            operationId = "changeTask",
            summary = "Update a task",
            description = "A JSON merge patch (RFC 7396): omitted fields stay unchanged,"
                    + " null resets a field to its default.")
    @Parameter(ref = HttpHeaders.IF_MATCH)
    @RequestBody(
            required = true,
            content = {
                @Content(mediaType = "application/merge-patch+json", schema = @Schema(ref = "TaskPatch")),
                @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = "TaskPatch"))
            })
    public Uni<RestResponse<TaskView>> change(UUID id, @NotNull ObjectNode patch, HttpHeaders headers) {
        return change(id, headers, (task, now) -> task.write(patches.apply(patch, task.fields()), now));
    }

    @PATCH
    @Path("{id}/complete")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed(Scope.Names.WRITE_TASKS)
    @Operation(
            operationId = "completeTask",
            summary = "Complete or reopen a task",
            description = "Toggles the task unless the body has `completed`. Completing a recurring task creates"
                    + " the next one, once, and returns it in `next`.")
    @Parameter(ref = HttpHeaders.IF_MATCH)
    @RequestBody(required = false, content = @Content(schema = @Schema(implementation = Completion.class)))
    public Uni<RestResponse<TaskView>> complete(UUID id, Completion wanted, HttpHeaders headers) {
        return change(id, headers, (task, now) -> task.complete(wanted, now));
    }

    @DELETE
    @Path("{id}")
    @RolesAllowed(Scope.Names.WRITE_TASKS)
    @Operation(operationId = "deleteTask", summary = "Delete a task", description = "It can be restored for 30 days.")
    @Parameter(ref = HttpHeaders.IF_MATCH)
    @APIResponse(responseCode = "204", description = "The task was deleted")
    public Uni<Void> delete(UUID id, HttpHeaders headers) {
        return tasks.change(id, caller.id(), IfMatch.of(headers), Task::delete).replaceWithVoid();
    }

    private Uni<RestResponse<TaskView>> change(UUID id, HttpHeaders headers, BiConsumer<Task, Instant> change) {
        return tasks.change(id, caller.id(), IfMatch.of(headers), change)
                .map(TaskView::of)
                .map(TaskResponse::of);
    }
}
