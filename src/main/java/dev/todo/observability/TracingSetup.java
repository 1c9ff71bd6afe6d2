package dev.todo.observability;

import dev.todo.config.Settings;
import dev.todo.observability.internals.OtlpExporter;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.quarkus.vertx.VertxOptionsCustomizer;
import io.vertx.core.VertxOptions;
import io.vertx.core.tracing.TracingOptions;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Enables traces if OTEL_EXPORTER_OTLP_ENDPOINT is set. Otherwise nothing of OpenTelemetry is created or called. */
@ApplicationScoped
class TracingSetup implements VertxOptionsCustomizer {

    private final Optional<URI> endpoint;
    private final String service;
    private final String version;

    TracingSetup(
            Settings settings,
            @ConfigProperty(name = "quarkus.application.name") String service,
            @ConfigProperty(name = "quarkus.application.version") String version) {
        this.endpoint = settings.otlpEndpoint();
        this.service = service;
        this.version = version;
    }

    @Override
    public void accept(VertxOptions options) {
        endpoint.map(this::tracer)
                .ifPresent(tracer -> options.setTracingOptions(new TracingOptions().setFactory(unused -> tracer)));
    }

    private RequestTracer tracer(URI endpoint) {
        var identity = Resource.create(Attributes.of(
                AttributeKey.stringKey("service.name"), service, AttributeKey.stringKey("service.version"), version));
        return new RequestTracer(SdkTracerProvider.builder()
                .setResource(Resource.getDefault().merge(identity))
                .addSpanProcessor(
                        BatchSpanProcessor.builder(new OtlpExporter(endpoint)).build())
                .build());
    }
}
