package dev.todo.http.openapi;

import static org.eclipse.microprofile.openapi.OASFactory.createParameter;
import static org.eclipse.microprofile.openapi.OASFactory.createSchema;

import dev.todo.http.paging.Paging;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;

/** Replaces the parameter that stands for a query record by one for each member, since that is how they are sent. */
final class OpenApiQueries {

    private final Map<String, Schema> schemas;
    private final Set<String> records = new HashSet<>();

    private OpenApiQueries(Map<String, Schema> schemas) {
        this.schemas = schemas;
    }

    static void expand(OpenAPI document) {
        var queries = new OpenApiQueries(document.getComponents().getSchemas());
        document.getPaths().getPathItems().values().stream()
                .flatMap(path -> path.getOperations().values().stream())
                .filter(operation -> operation.getParameters() != null)
                .forEach(operation -> operation.setParameters(operation.getParameters().stream()
                        .flatMap(queries::expand)
                        .toList()));
        queries.records.forEach(document.getComponents()::removeSchema);
    }

    private Stream<Parameter> expand(Parameter parameter) {
        if (parameter.getIn() != Parameter.In.QUERY) {
            return Stream.of(parameter);
        }
        var name = nameOf(parameter.getSchema());
        records.add(name);
        var query = schemas.get(name);
        var required = Objects.requireNonNullElse(query.getRequired(), List.of());
        return query.getProperties().entrySet().stream()
                .map(member -> parameter(member.getKey(), member.getValue())
                        .required(required.contains(member.getKey()) ? true : null));
    }

    private static Parameter parameter(String name, Schema schema) {
        var parameter = createParameter().name(name).in(Parameter.In.QUERY);
        return switch (name) {
            case Paging.LIMIT ->
                parameter
                        .description("The maximum number of items on the page")
                        .schema(createSchema()
                                .addType(SchemaType.INTEGER)
                                .minimum(BigDecimal.ONE)
                                .maximum(BigDecimal.valueOf(Paging.MAX_LIMIT))
                                .defaultValue(Paging.DEFAULT_LIMIT));
            case Paging.CURSOR ->
                parameter
                        .description("Where the page starts: the cursor from the `Link` header of the previous page")
                        .schema(createSchema().addType(SchemaType.STRING));
            default -> parameter.description(schema.getDescription()).schema(schema.description(null));
        };
    }

    private static String nameOf(Schema reference) {
        return reference.getRef().replaceFirst(".*/", "");
    }
}
