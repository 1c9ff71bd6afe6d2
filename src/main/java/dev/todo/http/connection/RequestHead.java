package dev.todo.http.connection;

import dev.todo.http.problem.HttpRefusals;
import dev.todo.http.problem.Refusal;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Rejects requests that two servers could interpret differently: where they end, whom they are for, who sends them
 * (RFC 9112). Netty's decoder finds most of these; this class checks the rest.
 */
final class RequestHead {

    // No user information. An invalid name or address is left to the code that compares it
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9._~%!$&'()*+;=:\\[\\]-]*");
    private static final Pattern TARGET = Pattern.compile("(/|https?://|\\*$)[\\x21-\\x7E\\x80-\\xFF]*");

    private RequestHead() {}

    static Optional<Refusal> refusal(HttpRequest request) {
        var broken = request.decoderResult().cause();
        if (broken instanceof TooLongHttpLineException) {
            return Optional.of(HttpRefusals.of(414));
        }
        if (broken instanceof TooLongHttpHeaderException) {
            return Optional.of(HttpRefusals.of(431));
        }
        if (broken != null || !isUnambiguous(request)) {
            return Optional.of(HttpRefusals.of(400));
        }
        var expectation = request.headers().get(HttpHeaderNames.EXPECT);
        return expectation == null || HttpHeaderValues.CONTINUE.contentEqualsIgnoreCase(expectation)
                ? Optional.empty()
                : Optional.of(HttpRefusals.of(417));
    }

    /**
     * For HTTP/1.0 the decoder uses the first of several lengths; closing keeps what follows from being read as another
     * request.
     */
    static void closeAfterHttp10Body(HttpRequest request) {
        if (request.protocolVersion().equals(HttpVersion.HTTP_1_0)
                && request.headers().contains(HttpHeaderNames.CONTENT_LENGTH)) {
            request.headers().remove(HttpHeaderNames.CONNECTION);
        }
    }

    /** Whether a body follows (RFC 9112, section 6.3). */
    static boolean hasBody(HttpRequest request) {
        var length = request.headers().get(HttpHeaderNames.CONTENT_LENGTH);
        return request.headers().contains(HttpHeaderNames.TRANSFER_ENCODING) || length != null && !length.equals("0");
    }

    private static boolean isUnambiguous(HttpRequest request) {
        var headers = request.headers();
        var version = request.protocolVersion();
        return (version.equals(HttpVersion.HTTP_1_1) || version.equals(HttpVersion.HTTP_1_0))
                && isTarget(request.uri())
                && hasOneHost(headers, version)
                && headers.getAll(HttpHeaderNames.AUTHORIZATION).size() <= 1
                && !headers.contains("")
                && hasKnownCoding(headers);
    }

    private static boolean isTarget(String target) {
        return target.startsWith("/") && isPlain(target, "/-._~?=&")
                || TARGET.matcher(target).matches() && isUri(target);
    }

    private static boolean isHost(String host) {
        return isPlain(host, "-.:") || HOST.matcher(host).matches();
    }

    /** True for nearly every request, and much faster than the patterns and the URI parser. */
    private static boolean isPlain(String text, String punctuation) {
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            if (!(c >= 'a' && c <= 'z'
                    || c >= 'A' && c <= 'Z'
                    || c >= '0' && c <= '9'
                    || punctuation.indexOf(c) >= 0)) {
                return false;
            }
        }
        return true;
    }

    /** Quarkus would reject an invalid URI without a problem document. */
    private static boolean isUri(String target) {
        try {
            // Otherwise a target that begins with two slashes would be parsed as having a host
            new URI(target.startsWith("/") ? "http://host" + target : target);
            return true;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static boolean hasOneHost(HttpHeaders headers, HttpVersion version) {
        var hosts = headers.getAll(HttpHeaderNames.HOST);
        return hosts.size() == 1 && isHost(hosts.get(0)) || hosts.isEmpty() && version.equals(HttpVersion.HTTP_1_0);
    }

    private static boolean hasKnownCoding(HttpHeaders headers) {
        var codings = headers.getAll(HttpHeaderNames.TRANSFER_ENCODING);
        return codings.isEmpty()
                || codings.size() == 1
                        && HttpHeaderValues.CHUNKED.contentEqualsIgnoreCase(codings.get(0))
                        && !headers.contains(HttpHeaderNames.CONTENT_LENGTH);
    }
}
