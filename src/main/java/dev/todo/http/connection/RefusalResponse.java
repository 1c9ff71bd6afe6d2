package dev.todo.http.connection;

import dev.todo.http.RequestIdFilter;
import dev.todo.http.problem.Problem;
import dev.todo.http.problem.Refusal;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;

/** The last response on a connection, sent if a request does not reach the HTTP server. */
final class RefusalResponse {

    private RefusalResponse() {}

    static FullHttpResponse of(Refusal refusal, String uri, String requestId) {
        var problem = Problem.of(refusal, uri.split("[?#]", 2)[0]);
        var body = new JsonObject()
                .put("type", problem.type())
                .put("title", problem.title())
                .put("status", problem.status())
                .put("detail", problem.detail())
                .put("instance", problem.instance())
                .put("code", problem.code())
                .encode()
                .getBytes(StandardCharsets.UTF_8);
        var response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(problem.status()), Unpooled.wrappedBuffer(body));
        refusal.headers().forEach(response.headers()::set);
        response.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, Problem.MEDIA_TYPE)
                .set(HttpHeaderNames.CONTENT_LENGTH, body.length)
                .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE)
                .set("X-Content-Type-Options", "nosniff")
                .set(RequestIdFilter.HEADER, RequestIdFilter.of(requestId));
        return response;
    }
}
