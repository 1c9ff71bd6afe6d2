package dev.todo.observability.internals;

import io.opentelemetry.exporter.internal.otlp.traces.TraceRequestMarshaler;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URL;
import java.util.Collection;
import org.jboss.logging.Logger;

/**
 * Sends spans with OTLP 1.0 over HTTP, as protobuf. It blocks the thread of the batch processor, which drops spans that
 * are not sent in time. Failed exports are not retried.
 *
 * <p>The protobuf encoding of spans is internal to OpenTelemetry's own exporters, which would add an HTTP client.
 */
public class OtlpExporter implements SpanExporter {

    private static final Logger LOG = Logger.getLogger(OtlpExporter.class);
    private static final int TIMEOUT_MILLIS = 5_000;

    private final URL receiver;

    /** The endpoint without {@code v1/traces}, as the OpenTelemetry specification defines the variable. */
    public OtlpExporter(URI endpoint) {
        try {
            this.receiver = new URL(endpoint.toString().replaceFirst("/*$", "/v1/traces"));
        } catch (IOException e) {
            throw new IllegalArgumentException(e);
        }
    }

    @Override
    public CompletableResultCode export(Collection<SpanData> spans) {
        try {
            var status = post(TraceRequestMarshaler.create(spans));
            if (status / 100 == 2) {
                return CompletableResultCode.ofSuccess();
            }
            LOG.warnf("The OTLP endpoint responded with status %d", status);
        } catch (IOException e) {
            LOG.warnf("Could not export traces: %s", e.getMessage());
        }
        return CompletableResultCode.ofFailure();
    }

    private int post(TraceRequestMarshaler request) throws IOException {
        var connection = (HttpURLConnection) receiver.openConnection();
        connection.setConnectTimeout(TIMEOUT_MILLIS);
        connection.setReadTimeout(TIMEOUT_MILLIS);
        connection.setInstanceFollowRedirects(false);
        connection.setRequestProperty("Content-Type", "application/x-protobuf");
        connection.setFixedLengthStreamingMode(request.getBinarySerializedSize());
        connection.setDoOutput(true);
        try (var body = connection.getOutputStream()) {
            request.writeBinaryTo(body);
        }
        var status = connection.getResponseCode();
        // Read the whole response, so that the connection can be reused for the next batch
        try (InputStream answer = status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
            if (answer != null) {
                answer.transferTo(OutputStream.nullOutputStream());
            }
        }
        return status;
    }

    @Override
    public CompletableResultCode flush() {
        return CompletableResultCode.ofSuccess();
    }

    @Override
    public CompletableResultCode shutdown() {
        return CompletableResultCode.ofSuccess();
    }
}
