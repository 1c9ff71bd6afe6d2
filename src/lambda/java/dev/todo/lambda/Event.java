package dev.todo.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** A request as an HTTP API of API Gateway sends it to a function (payload format 2.0). */
final class Event {

    private final ObjectNode json = Function.JSON.createObjectNode();

    private Event(String method, String path, String query) {
        json.put("version", "2.0")
                .put("routeKey", "$default")
                .put("rawPath", path)
                .put("rawQueryString", query)
                .put("isBase64Encoded", false);
        json.putObject("headers")
                .put("host", "id.execute-api.eu-central-1.amazonaws.com")
                .put("x-forwarded-for", "203.0.113.9")
                .put("x-forwarded-port", "443")
                .put("x-forwarded-proto", "https");
        json.putObject("requestContext")
                .put("accountId", "123456789012")
                .put("apiId", "id")
                .put("domainName", "id.execute-api.eu-central-1.amazonaws.com")
                .put("requestId", "JKJaXmPLvHcESHA=")
                .put("routeKey", "$default")
                .put("stage", "$default")
                .put("time", "20/Nov/2026:10:00:00 +0000")
                .put("timeEpoch", 1_795_168_800_000L)
                .putObject("http")
                .put("method", method)
                .put("path", path)
                .put("protocol", "HTTP/1.1")
                .put("sourceIp", "203.0.113.9")
                .put("userAgent", "curl/8.5.0");
    }

    static Event of(String method, String target) {
        var parts = target.split("\\?", 2);
        return new Event(method, parts[0], parts.length == 2 ? parts[1] : "");
    }

    Event header(String name, String value) {
        ((ObjectNode) json.get("headers")).put(name.toLowerCase(), value);
        return this;
    }

    /** Sets the client's address. Like the gateway, also appends it to X-Forwarded-For. */
    Event from(String address) {
        ((ObjectNode) json.at("/requestContext/http")).put("sourceIp", address);
        var sent = json.at("/headers/x-forwarded-for").asText();
        return header("X-Forwarded-For", sent.equals("203.0.113.9") ? address : sent + "," + address);
    }

    Event bearer(String token) {
        return header("Authorization", "Bearer " + token);
    }

    /** The gateway moves cookies out of the headers. */
    Event cookie(String pair) {
        json.withArray("cookies").add(pair);
        return this;
    }

    Event body(String body) {
        json.put("body", body);
        return typedAndMeasured(body);
    }

    /** The gateway encodes bodies that it does not recognize as text. */
    Event encodedBody(String body) {
        json.put("body", Base64.getEncoder().encodeToString(body.getBytes(StandardCharsets.UTF_8)))
                .put("isBase64Encoded", true);
        return typedAndMeasured(body);
    }

    private Event typedAndMeasured(String body) {
        return header("Content-Type", "application/json")
                .header("Content-Length", String.valueOf(body.getBytes(StandardCharsets.UTF_8).length));
    }

    JsonNode json() {
        return json;
    }
}
