package dev.todo.http.openapi;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.mapping;
import static org.eclipse.microprofile.openapi.OASFactory.createAPIResponse;
import static org.eclipse.microprofile.openapi.OASFactory.createOAuthFlow;
import static org.eclipse.microprofile.openapi.OASFactory.createOAuthFlows;
import static org.eclipse.microprofile.openapi.OASFactory.createParameter;
import static org.eclipse.microprofile.openapi.OASFactory.createSchema;
import static org.eclipse.microprofile.openapi.OASFactory.createSecurityRequirement;
import static org.eclipse.microprofile.openapi.OASFactory.createSecurityScheme;

import dev.todo.http.idempotency.IdempotentRequest;
import dev.todo.http.paging.Paging;
import dev.todo.http.problem.ErrorCode;
import io.quarkus.smallrye.openapi.OpenApiFilter;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.eclipse.microprofile.openapi.models.security.SecurityScheme;

/** Adds to the OpenAPI document what applies to every call: error responses, headers and authentication. */
@OpenApiFilter(OpenApiFilter.RunStage.BUILD)
public class OpenApiDocument implements OASFilter {

    /** The name in application.properties, where Quarkus adds the scheme. */
    private static final String BEARER = "access_token";

    private static final String PASSWORD_FORM = "password_form";

    /** The descriptions of its 401 and 403. */
    private static final Set<String> ADDED_BY_QUARKUS = Set.of("Not Authorized", "Not Allowed");

    /** Request headers that calls refer to by name; sorted, so that every build makes the same document. */
    private static final Map<String, String> REQUEST_HEADERS = new TreeMap<>(Map.of(
            HttpHeaders.IF_MATCH,
            "Changes the task only if it has one of these entity tags, or `*` for any; otherwise 412",
            HttpHeaders.IF_NONE_MATCH,
            "Entity tags of versions you already have, or `*`; if one of them is current, 304",
            IdempotentRequest.HEADER,
            "1 to 255 visible ASCII characters. A retry with the same key within 24 hours returns the"
                    + " first response again; with a different body, 422 `idempotency_key_reused`"));

    @Override
    public void filterOpenAPI(OpenAPI document) {
        OpenApiQueries.expand(document);
        document.getComponents().addSecurityScheme(PASSWORD_FORM, passwordForm());
        listErrorCodes(document.getComponents()
                .getSchemas()
                .get("Problem")
                .getProperties()
                .get("code"));
        OpenApiResponses.PROBLEMS.forEach((status, meaning) ->
                document.getComponents().addResponse("Problem" + status, OpenApiResponses.problem(status, meaning)));
        REQUEST_HEADERS.forEach((name, meaning) -> document.getComponents()
                .addParameter(
                        name,
                        createParameter()
                                .name(name)
                                .in(Parameter.In.HEADER)
                                .description(meaning)
                                .schema(createSchema().addType(SchemaType.STRING))));
        document.getPaths().getPathItems().forEach((path, item) -> {
            if (item.getGET() != null) {
                // Quarkus mistakes the context parameter of an event stream for a body
                item.getGET().setRequestBody(null);
            }
            item.getOperations().values().forEach(operation -> complete(operation, path));
        });
    }

    /** An annotation cannot take them from the enum. */
    private static void listErrorCodes(Schema code) {
        var codes = Arrays.asList(ErrorCode.values());
        var byStatus = codes.stream()
                .filter(known -> known != ErrorCode.REFUSED)
                .collect(groupingBy(
                        known -> known.status, TreeMap::new, mapping(known -> "`" + known.label + "`", joining(", "))));
        var list = new StringBuilder();
        byStatus.forEach((status, labels) ->
                list.append(status).append(": ").append(labels).append(". "));
        list.append("Any other 4xx: `").append(ErrorCode.REFUSED.label).append("`");
        code.setDescription(code.getDescription() + ". " + list);
        code.setEnumeration(codes.stream().<Object>map(known -> known.label).toList());
    }

    private static void complete(Operation operation, String path) {
        var isSecured =
                operation.getSecurity() != null && !operation.getSecurity().isEmpty();
        // An empty list states that no token is needed; a missing one would state nothing
        operation.setSecurity(
                isSecured
                        ? List.of(
                                createSecurityRequirement().addScheme(BEARER),
                                createSecurityRequirement().addScheme(PASSWORD_FORM))
                        : List.of());
        operation.getResponses().getAPIResponses().forEach(OpenApiDocument::completeResponse);
        addProblems(operation, 400, 406, 503);
        if (isSecured) {
            addProblems(operation, 401, 403);
        }
        if (path.contains("{")) {
            addProblems(operation, 404);
        }
        if (path.startsWith("/tasks")) {
            addProblems(operation, 429);
        }
        if (operation.getRequestBody() != null) {
            addProblems(operation, 413, 415, 422);
        }
        if (isPaged(operation)) {
            operation
                    .getResponses()
                    .getAPIResponse("200")
                    .addHeader(
                            HttpHeaders.LINK,
                            OpenApiResponses.header("The next page as `rel=next`; absent on the last page"));
        }
        if (hasParameter(operation, HttpHeaders.IF_MATCH)) {
            addProblems(operation, 412);
        }
        if (hasParameter(operation, HttpHeaders.IF_NONE_MATCH)) {
            operation.getResponses().addAPIResponse("304", OpenApiResponses.notModified());
        }
        if (hasParameter(operation, IdempotentRequest.HEADER)) {
            addProblems(operation, 409);
        }
    }

    private static void completeResponse(String status, APIResponse response) {
        OpenApiResponses.addRequestId(response);
        var isProblem = status.compareTo("400") >= 0 && response.getRef() == null;
        if (isProblem && !ADDED_BY_QUARKUS.contains(response.getDescription())) {
            response.setContent(OpenApiResponses.problemContent());
        } else if (returns("Task", response)) {
            response.addHeader(HttpHeaders.ETAG, OpenApiResponses.header("The task's version"));
        } else if (returns("AccessToken", response) || returns("CreatedToken", response)) {
            response.addHeader(HttpHeaders.CACHE_CONTROL, OpenApiResponses.header("Always `no-store`"));
        }
    }

    private static boolean hasParameter(Operation operation, String header) {
        return operation.getParameters() != null
                && operation.getParameters().stream()
                        .anyMatch(parameter ->
                                parameter.getRef() != null && parameter.getRef().endsWith("/" + header));
    }

    private static boolean isPaged(Operation operation) {
        return operation.getParameters() != null
                && operation.getParameters().stream().anyMatch(parameter -> Paging.CURSOR.equals(parameter.getName()));
    }

    private static boolean returns(String schema, APIResponse response) {
        return response.getContent() != null
                && response.getContent().getMediaTypes().values().stream()
                        .anyMatch(media -> media.getSchema() != null
                                && ("#/components/schemas/" + schema)
                                        .equals(media.getSchema().getRef()));
    }

    private static void addProblems(Operation operation, int... statuses) {
        for (var status : statuses) {
            var given = operation.getResponses().getAPIResponse(String.valueOf(status));
            // Those that Quarkus added are replaced
            if (given == null || given.getRef() == null && given.getContent() == null) {
                operation
                        .getResponses()
                        .addAPIResponse(
                                String.valueOf(status),
                                createAPIResponse().ref("#/components/responses/Problem" + status));
            }
        }
    }

    private static SecurityScheme passwordForm() {
        return createSecurityScheme()
                .type(SecurityScheme.Type.OAUTH2)
                .description("Log-in with a form that has the e-mail address as `username`")
                .flows(createOAuthFlows()
                        .password(createOAuthFlow().tokenUrl("/auth/login").scopes(Map.of())));
    }
}
