package dev.todo.task.transfer;

import dev.todo.http.body.LargeBody;
import dev.todo.http.body.ReceivedBody;
import dev.todo.http.concurrency.HasOwnLimit;
import dev.todo.http.concurrency.UploadThrottle;
import dev.todo.http.idempotency.IdempotentRequest;
import dev.todo.http.query.QueryReader;
import dev.todo.task.TaskView;
import dev.todo.user.CurrentUser;
import dev.todo.user.Scope;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
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
import org.jboss.resteasy.reactive.RestMulti;
import org.jboss.resteasy.reactive.server.Cancellable;

/** Exports and imports the caller's tasks. */
@Path("tasks")
@Cancellable(false)
@Tag(name = "Tasks")
public class TransferResource {

    private static final int LARGEST_IMPORT_BYTES = 10 * 1024 * 1024;

    /** The query parameters of an export. */
    @RegisterForReflection
    record ExportQuery(
            @Schema(
                    enumeration = {"json", "csv", "ics"},
                    defaultValue = "json",
                    description = "A JSON array of tasks, a table (RFC 4180) or a calendar of VTODOs (RFC 5545)")
            String format) {}

    private final CurrentUser caller;
    private final QueryReader queries;
    private final TaskExport export;
    private final TaskImport imports;
    private final UploadThrottle uploads;

    TransferResource(
            CurrentUser caller, QueryReader queries, TaskExport export, TaskImport imports, UploadThrottle uploads) {
        this.caller = caller;
        this.queries = queries;
        this.export = export;
        this.imports = imports;
        this.uploads = uploads;
    }

    // No @Produces: this call has three media types, and Quarkus mistakes one of them for a stream
    @GET
    @Path("export")
    @RolesAllowed(Scope.Names.READ_TASKS)
    @Operation(
            operationId = "exportTasks",
            summary = "Export all tasks as a file",
            description =
                    "Oldest first. Tasks that change during the export appear as they were before or after. In CSV,"
                            + " tags are a JSON array in their cell, and cells that a spreadsheet would run as formulas"
                            + " (`=`, `+`, `-`, `@`, tab or carriage return first) are prefixed with `'`.")
    @Parameter(name = "query", in = ParameterIn.QUERY, schema = @Schema(implementation = ExportQuery.class))
    @APIResponse(
            responseCode = "200",
            description = "The tasks, as a stream",
            headers = @Header(name = HttpHeaders.CONTENT_DISPOSITION, description = "The file name"),
            content = {
                @Content(
                        mediaType = MediaType.APPLICATION_JSON,
                        schema = @Schema(type = SchemaType.ARRAY, implementation = TaskView.class)),
                @Content(mediaType = "text/csv", schema = @Schema(type = SchemaType.STRING)),
                @Content(mediaType = "text/calendar", schema = @Schema(type = SchemaType.STRING))
            })
    public RestMulti<byte[]> exportTasks(@Context HttpServerRequest request, @Context UriInfo uri) {
        var query = queries.read(uri, ExportQuery.class);
        var format =
                QueryReader.read("format", query.format(), ExportFormat::of).orElse(ExportFormat.JSON);
        var isHead = request.method() == HttpMethod.HEAD;
        return RestMulti.fromMultiData(isHead ? Multi.createFrom().empty() : export.of(caller.id(), format))
                .header(HttpHeaders.CONTENT_TYPE, format.mediaType)
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"tasks." + format.label + "\"")
                .build();
    }

    @POST
    @Path("import")
    @RolesAllowed(Scope.Names.WRITE_TASKS)
    @Consumes({MediaType.APPLICATION_JSON, "text/csv"})
    @Produces(MediaType.APPLICATION_JSON)
    @LargeBody(bytes = LARGEST_IMPORT_BYTES)
    @HasOwnLimit
    @Parameter(ref = IdempotentRequest.HEADER)
    @Operation(
            operationId = "importTasks",
            summary = "Import the tasks of a file",
            description = "Imports all tasks or none, up to 10 MiB: a JSON or CSV export, or rows with only a title."
                    + " The tasks get a new `id`, `version` 1 and the current time as `updated_at`; the rest is kept."
                    + " In CSV an empty cell is null. If the import is rejected, `errors` names the"
                    + " row, counted from 1, such as"
                    + " `row[3].title`; the CSV header is not counted.")
    @RequestBody(
            required = true,
            content = {
                @Content(
                        mediaType = MediaType.APPLICATION_JSON,
                        schema = @Schema(type = SchemaType.ARRAY, implementation = ImportedTask.class)),
                @Content(
                        mediaType = "text/csv",
                        schema = @Schema(type = SchemaType.STRING, examples = "title,due_at\r\nBuy milk,\r\n"))
            })
    public Uni<Imported> importTasks(@Context HttpServerRequest request, @Context HttpHeaders headers) {
        var format = ImportFormat.of(headers.getMediaType());
        return uploads.inTurn(caller.id(), request, () -> ReceivedBody.read(request, LARGEST_IMPORT_BYTES))
                .chain(body -> imports.of(body::open, format, caller.id(), headers)
                        .onTermination()
                        .invoke(body::discard));
    }
}
