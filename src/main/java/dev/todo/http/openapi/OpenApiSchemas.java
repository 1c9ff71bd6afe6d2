package dev.todo.http.openapi;

import static org.eclipse.microprofile.openapi.OASFactory.createSchema;
import static org.eclipse.microprofile.openapi.OASFactory.createServer;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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

    /** Types of the JDK, which would otherwise be schemas of their own. */
    private static final Map<String, String> FORMATS = Map.of("Instant", "date-time", "UUID", "uuid");

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
                "TaskPatch",
                createSchema()
                        .addType(SchemaType.OBJECT)
                        .description("The fields to change; null resets a field to its default")
                        .properties(schemas.getSchemas().get("NewTask").getProperties()));
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
        FORMATS.keySet().forEach(schemas::removeSchema);
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
            requireMembers(schemas.get(nameOf(schema)), schemas);
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
        if (schema.getRef() != null) {
            var format = FORMATS.get(nameOf(schema));
            // A reference states the type; the annotation would repeat it
            schema.setType(format == null ? null : List.of(SchemaType.STRING));
            if (format != null) {
                schema.ref(null).format(format);
            }
        } else if (schema.getAnyOf() != null) {
            // A type or null. Inner schemas come first, so the type is no longer a reference
            var format = schema.getAnyOf().stream()
                    .map(Schema::getFormat)
                    .filter(Objects::nonNull)
                    .findFirst();
            format.ifPresentOrElse(known -> schema.anyOf(null).format(known), () -> schema.setType(null));
        }
        return schema;
    }

    private static String nameOf(Schema reference) {
        return reference.getRef().replaceFirst(".*/", "");
    }
}
