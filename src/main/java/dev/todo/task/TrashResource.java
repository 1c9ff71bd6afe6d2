package dev.todo.task;

import dev.todo.http.problem.Refusal;
import dev.todo.http.query.QueryReader;
import dev.todo.user.CurrentUser;
import dev.todo.user.Scope;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.Cancellable;

/** Restores deleted tasks, which stay in the trash for 30 days, and deletes completed ones. */
@Path("tasks")
@Cancellable(false)
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Scope.Names.WRITE_TASKS)
@Tag(name = "Tasks")
public class TrashResource {

    /** The number of tasks that were moved to the trash. */
    @Schema(name = "Deleted")
    record Deleted(int deleted) {}

    /** The query parameters of deleting tasks. */
    @RegisterForReflection
    record DeletionQuery(
            @Schema(
                    type = SchemaType.BOOLEAN,
                    required = true,
                    enumeration = "true",
                    description = "Must be `true`: no call deletes open tasks as well")
            Boolean completed) {}

    private final CurrentUser caller;
    private final QueryReader queries;
    private final Tasks tasks;

    TrashResource(CurrentUser caller, QueryReader queries, Tasks tasks) {
        this.caller = caller;
        this.queries = queries;
        this.tasks = tasks;
    }

    @POST
    @Path("{id}/restore")
    @Operation(
            operationId = "restoreTask",
            summary = "Restore a deleted task",
            description = "You have 30 days. A task that is not deleted is returned unchanged.")
    public Uni<RestResponse<TaskView>> restore(UUID id) {
        return tasks.restore(id, caller.id()).map(TaskView::of).map(TaskResponse::of);
    }

    @DELETE
    @Operation(operationId = "deleteCompletedTasks", summary = "Delete all completed tasks")
    @Parameter(name = "query", in = ParameterIn.QUERY, schema = @Schema(implementation = DeletionQuery.class))
    public Uni<Deleted> deleteCompleted(UriInfo uri) {
        if (!Boolean.TRUE.equals(queries.read(uri, DeletionQuery.class).completed())) {
            throw Refusal.badParameter("completed", "must be true");
        }
        return tasks.deleteCompleted(caller.id()).map(Deleted::new);
    }
}
