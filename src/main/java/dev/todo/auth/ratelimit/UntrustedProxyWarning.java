package dev.todo.auth.ratelimit;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/** Warns once if an untrusted peer sends forwarding headers: all clients behind it then count as one. */
@Singleton
class UntrustedProxyWarning {

    private static final Logger LOG = Logger.getLogger(UntrustedProxyWarning.class);
    private static final int ANY = 10;

    private final ClientAddress clients;
    private final AtomicBoolean isLogged = new AtomicBoolean();

    UntrustedProxyWarning(ClientAddress clients) {
        this.clients = clients;
    }

    void register(@Observes Filters filters) {
        filters.register(
                context -> {
                    if (!isLogged.get()) {
                        check(context.request());
                    }
                    context.next();
                },
                ANY);
    }

    private void check(HttpServerRequest request) {
        var header = clients.ignoredHeader(request);
        if (header != null && isLogged.compareAndSet(false, true)) {
            LOG.warnf(
                    "Ignored %1$s from %2$s, which is not in TRUSTED_PROXIES. If it is your proxy, set"
                            + " TRUSTED_PROXIES=%2$s or a range that contains it. Until then all its clients share the"
                            + " same rate limits.",
                    header, ClientAddress.peer(request));
        }
    }
}
