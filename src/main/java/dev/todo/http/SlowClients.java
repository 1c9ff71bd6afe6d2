package dev.todo.http;

import io.netty.bootstrap.ChannelInitializerExtension;
import io.netty.channel.Channel;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.quarkus.runtime.annotations.RegisterResources;

/**
 * Has {@link Patience} with each connection to our ports from its first moment on, and bounds what waits to be sent to it,
 * which the HTTP server itself has no way to say. Netty finds this class by {@link java.util.ServiceLoader}, once it was allowed to.
 */
// Quarkus leaves services out of the executable that no extension of it names
@RegisterForReflection
@RegisterResources(globs = "META-INF/services/io.netty.bootstrap.ChannelInitializerExtension")
public class SlowClients extends ChannelInitializerExtension {

    /** To be called before anything uses Netty, which looks once. */
    public static void cutOff() {
        System.setProperty(EXTENSIONS_SYSTEM_PROPERTY, "serviceload");
    }

    private final OutboundBufferLimit outboundBuffers = new OutboundBufferLimit();

    @Override
    public void postInitializeServerChildChannel(Channel connection) {
        connection.pipeline().addFirst(new OutboundBufferHandler(outboundBuffers), new Patience());
    }
}
