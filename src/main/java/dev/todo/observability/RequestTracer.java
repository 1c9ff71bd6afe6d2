package dev.todo.observability;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.smallrye.common.vertx.VertxContext;
import io.vertx.core.Context;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.spi.tracing.TagExtractor;
import io.vertx.core.spi.tracing.VertxTracer;
import io.vertx.core.tracing.TracingPolicy;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/**
 * Creates a span for each request, a child of the caller's (W3C Trace Context), and one for each statement that the
 * request sends to the database. Names and attributes follow OpenTelemetry's semantic conventions 1.37. Statements have
 * placeholders instead of values, so no user data gets into a trace; query strings are not recorded either.
 */
class RequestTracer implements VertxTracer<Span, Span> {

    /** The key of the span in the context of a request. */
    private static final Object SPAN = RequestTracer.class;

    private static final int SECONDS_TO_FLUSH = 5;

    private static final TextMapGetter<Iterable<Map.Entry<String, String>>> HEADERS = new TextMapGetter<>() {
        @Override
        public Iterable<String> keys(Iterable<Map.Entry<String, String>> headers) {
            throw new UnsupportedOperationException("W3C Trace Context asks for headers by name");
        }

        @Override
        public String get(Iterable<Map.Entry<String, String>> headers, String name) {
            for (var header : headers) {
                if (header.getKey().equalsIgnoreCase(name)) {
                    return header.getValue();
                }
            }
            return null;
        }
    };

    private final SdkTracerProvider provider;
    private final Tracer tracer;

    RequestTracer(SdkTracerProvider provider) {
        this.provider = provider;
        this.tracer = provider.get("dev.todo");
    }

    /** The span of the request that runs in a context; null if there is none or if traces are off. */
    static Span of(Context context) {
        return context != null && VertxContext.isDuplicatedContext(context) ? context.getLocal(SPAN) : null;
    }

    @Override
    public <R> Span receiveRequest(
            Context context,
            io.vertx.core.spi.tracing.SpanKind kind,
            TracingPolicy policy,
            R received,
            String operation,
            Iterable<Map.Entry<String, String>> headers,
            TagExtractor<R> tags) {
        if (!(received instanceof HttpServerRequest request)) {
            return null;
        }
        var method = MethodLabel.of(request.method().name());
        var span = tracer.spanBuilder(method)
                .setSpanKind(SpanKind.SERVER)
                .setParent(W3CTraceContextPropagator.getInstance()
                        .extract(io.opentelemetry.context.Context.root(), headers, HEADERS))
                .setAttribute("http.request.method", method)
                .setAttribute("url.scheme", request.scheme())
                .setAttribute("url.path", request.path())
                .startSpan();
        context.putLocal(SPAN, span);
        return span;
    }

    @Override
    public <R> void sendResponse(Context context, R sent, Span span, Throwable failure, TagExtractor<R> tags) {
        if (span == null) {
            return;
        }
        if (sent instanceof HttpServerResponse response) {
            span.setAttribute("http.response.status_code", response.getStatusCode());
            if (response.getStatusCode() >= 500) {
                span.setStatus(StatusCode.ERROR);
            }
        }
        end(span, failure);
    }

    @Override
    public <R> Span sendRequest(
            Context context,
            io.vertx.core.spi.tracing.SpanKind kind,
            TracingPolicy policy,
            R request,
            String operation,
            BiConsumer<String, String> headers,
            TagExtractor<R> tags) {
        var parent = of(context);
        if (parent == null) {
            return null;
        }
        var statement = tags.extract(request).get("db.statement");
        if (statement == null) {
            return null;
        }
        return tracer.spanBuilder(firstWord(statement))
                .setSpanKind(SpanKind.CLIENT)
                .setParent(io.opentelemetry.context.Context.root().with(parent))
                .setAttribute("db.system.name", "postgresql")
                .setAttribute("db.query.text", statement)
                .startSpan();
    }

    @Override
    public <R> void receiveResponse(Context context, R response, Span span, Throwable failure, TagExtractor<R> tags) {
        if (span != null) {
            end(span, failure);
        }
    }

    /** Sends all pending spans. */
    @Override
    public void close() {
        provider.shutdown().join(SECONDS_TO_FLUSH, TimeUnit.SECONDS);
    }

    private static void end(Span span, Throwable failure) {
        if (failure != null) {
            span.setStatus(StatusCode.ERROR)
                    .setAttribute("error.type", failure.getClass().getName());
        }
        span.end();
    }

    private static String firstWord(String statement) {
        return statement.strip().split("\\W", 2)[0].toUpperCase(Locale.ROOT);
    }
}
