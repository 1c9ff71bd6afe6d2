package dev.todo.http.problem;

import io.netty.handler.codec.http.HttpResponseStatus;

/** The titles for {@code about:blank}: HTTP's reason phrases (RFC 9457, section 4.2.1). */
final class StatusTitles {

    private StatusTitles() {}

    static String of(int status) {
        return switch (status) {
            // RFC 9110 renamed these two
            case 413 -> "Content Too Large";
            case 422 -> "Unprocessable Content";
            default -> HttpResponseStatus.valueOf(status).reasonPhrase();
        };
    }
}
