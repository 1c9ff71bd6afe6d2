package dev.todo;

import io.quarkus.runtime.ImageMode;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import sun.misc.Signal;

/**
 * Makes the native executable exit with code 0 on SIGTERM, after a graceful shutdown. It would be 143, as on the JVM.
 */
@ApplicationScoped
class SigtermHandler {

    void handleSigterm(@Observes StartupEvent event) {
        if (ImageMode.current().isNativeImage()) {
            Signal.handle(new Signal("TERM"), signal -> Quarkus.asyncExit(0));
        }
    }
}
