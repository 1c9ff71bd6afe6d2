package dev.todo.http.internals;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import io.quarkus.smallrye.openapi.OpenApiFilter;
import io.quarkus.smallrye.openapi.runtime.OpenApiConstants;
import io.quarkus.smallrye.openapi.runtime.filter.AutoSecurityFilter;
import io.smallrye.openapi.runtime.io.Format;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/**
 * Makes the executable serve the OpenAPI document as written by the build. Otherwise Quarkus would parse it at each
 * start, apply filters that the build has already applied, and write it twice, as JSON and as YAML. We have no filters
 * for later stages.
 */
@TargetClass(className = "io.quarkus.smallrye.openapi.runtime.OpenApiDocumentService")
final class OpenApiDocumentAsBuilt {

    @Substitute
    void prepareDocument(
            AutoSecurityFilter security, Map<OpenApiFilter.RunStage, List<String>> filters, String documentName) {}

    @Substitute
    public byte[] getDocument(String documentName, Format format) {
        var file = OpenApiConstants.BASE_NAME + "." + format;
        try (var document = Thread.currentThread().getContextClassLoader().getResourceAsStream(file)) {
            return document.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
