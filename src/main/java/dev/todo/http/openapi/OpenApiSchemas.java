package dev.todo.http.openapi;

import static org.eclipse.microprofile.openapi.OASFactory.createSchema;
import static org.eclipse.microprofile.openapi.OASFactory.createServer;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.headers.Header;
import org.eclipse.microprofile.openapi.models.media.MediaType;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;

/**
 * Corrects what annotations cannot express, so that the OpenAPI document is valid and clients can be generated from it.
 */
@OpenApiFilter(OpenApiFilter.RunStage.BUILD)
public class OpenApiSchemas implements OASFilter {

    /** All other members of responses are always there. */
    private static final Set<String> OPTIONAL_MEMBERS = Set.of("deleted_at", "errors", "next");

    private static final Map<String, String> TAGS = Map.of(
            "Administration", "Manage users; for administrators only",
            "Auth", "Sign-up, log-in, sessions and personal API tokens",
            "Tasks", "Your tasks",
            "Users", "Your account");

    @Override
    public void filterOpenAPI(OpenAPI document) {
        document.addServer(createServer().url("/"));
        document.getTags().forEach(tag -> tag.setDescription(TAGS.get(tag.getName())));
        var schemas = document.getComponents();
        schemas.addSchema(
                "TaskChanges",
                createSchema()
                        .addType(SchemaType.OBJECT)
                        .description("The fields to change; null resets a field to its default")
                        .properties(schemas.getSchemas().get("TaskFields").getProperties()));
        // The annotation would inline the schema here
        var task = schemas.getSchemas().get("Task");
        task.addProperty(
                "next",
                createSchema()
                        .description(task.getProperties().get("next").getDescription())
                        .anyOf(List.of(
                                createSchema().ref("#/components/schemas/NextTask"),
                                createSchema().addType(SchemaType.NULL))));
        // From a parameter that is not a body, see OpenApiDocument
        schemas.removeSchema("Sse");
        schemasOfResponses(document).forEach(schema -> requireMembers(schema, schemas.getSchemas()));
    }

    private static Stream<Schema> schemasOfResponses(OpenAPI document) {
        var responses = document.getPaths().getPathItems().values().stream()
                .flatMap(path -> path.getOperations().values().stream())
                .flatMap(operation -> operation.getResponses().getAPIResponses().values().stream());
        return Stream.concat(
                Stream.of(document.getComponents().getSchemas().get("Problem")),
                responses
                        .filter(response -> response.getContent() != null)
                        .flatMap(response -> response.getContent().getMediaTypes().values().stream())
                        .map(MediaType::getSchema));
    }

    private static void requireMembers(Schema schema, Map<String, Schema> schemas) {
        if (schema == null) {
            return;
        }
        if (schema.getRef() != null) {
            requireMembers(schemas.get(schema.getRef().replaceFirst(".*/", "")), schemas);
        }
        requireMembers(schema.getItems(), schemas);
        if (schema.getAnyOf() != null) {
            schema.getAnyOf().forEach(choice -> requireMembers(choice, schemas));
        }
        if (schema.getProperties() != null) {
            schema.setRequired(schema.getProperties().keySet().stream()
                    .filter(member -> !OPTIONAL_MEMBERS.contains(member))
                    .toList());
            schema.getProperties().values().forEach(member -> requireMembers(member, schemas));
        }
    }

    @Override
    public Header filterHeader(Header header) {
        return header.getRef() == null && header.getSchema() == null
                ? header.schema(createSchema().addType(SchemaType.STRING))
                : header;
    }

    @Override
    public Schema filterSchema(Schema schema) {
        var values = schema.getEnumeration();
        var types = schema.getType();
        if (values == null || types == null) {
            return schema;
        }
        if (types.contains(SchemaType.ARRAY)) {
            // The annotation puts the values on the array
            schema.setEnumeration(null);
            if (schema.getItems().getRef() == null) {
                schema.getItems().setEnumeration(values);
            }
        } else if (types.contains(SchemaType.NULL)) {
            // Otherwise null would have to be one of the values
            schema.setType(null);
            schema.setEnumeration(null);
            schema.setAnyOf(List.of(
                    createSchema().addType(SchemaType.STRING).enumeration(values),
                    createSchema().addType(SchemaType.NULL)));
        }
        return schema;
    }
}
