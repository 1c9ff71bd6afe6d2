package dev.todo.session;

import dev.todo.problem.Refusal;
import dev.todo.settings.Settings;
import io.quarkus.runtime.LaunchMode;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.NewCookie;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * The refresh token as browsers keep it: out of scripts' reach, sent to {@code /auth} only, and not from other sites. It
 * counts only where the request comes from no page, one of ours, or one of CORS_ORIGINS.
 */
@Singleton
public class RefreshCookie {

    private static final String NAME = "refresh_token";

    private final int maxAgeSeconds;
    private final List<String> origins;
    private final boolean isSecure;

    RefreshCookie(Settings settings, LaunchMode mode) {
        this.maxAgeSeconds = (int) Math.min(settings.refreshExpiresIn().toSeconds(), Integer.MAX_VALUE);
        this.origins = settings.corsOrigins().orElse(List.of());
        this.isSecure = mode != LaunchMode.DEVELOPMENT;
    }

    public NewCookie holding(String refreshToken) {
        return cookie(refreshToken, maxAgeSeconds);
    }

    public NewCookie cleared() {
        return cookie("", 0);
    }

    /** The cookie's refresh token; 403 where it came with a foreign Origin. */
    public Optional<String> of(HttpServerRequest request) {
        var cookie = request.getCookie(NAME);
        if (cookie == null || cookie.getValue().isEmpty()) {
            return Optional.empty();
        }
        var origin = request.getHeader("Origin");
        if (origin != null && !origins.contains(origin) && !isOwn(origin, request)) {
            throw new Refusal(403, "foreign_origin", "The cookie does not count when another site's page sends it.");
        }
        return Optional.of(cookie.getValue());
    }

    private NewCookie cookie(String value, int maxAge) {
        return new NewCookie.Builder(NAME)
                .value(value)
                .path("/auth")
                .maxAge(maxAge)
                .httpOnly(true)
                .secure(isSecure)
                .sameSite(NewCookie.SameSite.STRICT)
                .build();
    }

    /** By host and port; which scheme the page was loaded by only the proxy that ends TLS knows. */
    private static boolean isOwn(String origin, HttpServerRequest request) {
        try {
            return request.authority() != null
                    && request.authority()
                            .toString()
                            .equalsIgnoreCase(URI.create(origin).getAuthority());
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
