package dev.todo.auth.session;

import dev.todo.config.Settings;
import dev.todo.http.AllowedOrigins;
import io.quarkus.runtime.LaunchMode;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.NewCookie;
import java.util.Optional;

/**
 * The cookie with the refresh token: not readable by scripts, sent to {@code /auth} only, never from other sites, and
 * only over HTTPS unless PUBLIC_URL says that people use plain HTTP. It is accepted only if the request does not come
 * from a page, or comes from one of the {@link AllowedOrigins}.
 */
@Singleton
public class RefreshCookie {

    private static final String NAME = "refresh_token";

    private final int maxAgeSeconds;
    private final AllowedOrigins origins;
    private final boolean isSecure;

    RefreshCookie(Settings settings, AllowedOrigins origins, LaunchMode mode) {
        this.maxAgeSeconds = (int) Math.min(settings.refreshExpiresIn().toSeconds(), Integer.MAX_VALUE);
        this.origins = origins;
        this.isSecure =
                settings.publicUrl().map(url -> url.getScheme().equals("https")).orElse(mode != LaunchMode.DEVELOPMENT);
    }

    public NewCookie create(String refreshToken) {
        return cookie(refreshToken, maxAgeSeconds);
    }

    public NewCookie clear() {
        return cookie("", 0);
    }

    /** The cookie's refresh token; fails with 403 if it came with a foreign Origin. */
    public Optional<String> read(HttpServerRequest request) {
        var cookie = request.getCookie(NAME);
        if (cookie == null || cookie.getValue().isEmpty()) {
            return Optional.empty();
        }
        origins.requireAllowed(request);
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
}
