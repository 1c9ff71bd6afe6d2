package dev.todo.http.connection;

import dev.todo.http.internals.ServerPipeline;
import io.netty.bootstrap.ChannelInitializerExtension;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.quarkus.runtime.annotations.RegisterResources;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Adds {@link SlowClientTimeout}, {@link OutboundBufferHandler} and {@link RequestGuard} to each connection as soon as
 * it is accepted, which the HTTP server has no API for. Netty finds this class with {@link java.util.ServiceLoader}
 * once {@link #enable} was called.
 */
// Quarkus omits services from the executable unless an extension names them
@RegisterForReflection
@RegisterResources(globs = "META-INF/services/io.netty.bootstrap.ChannelInitializerExtension")
public class ConnectionHandlers extends ChannelInitializerExtension {

    // Created with the first connection: in the executable, classes are initialized at build time
    private static BodyBudget budget;
    private static final Map<Integer, OpenConnections> CONNECTIONS = new ConcurrentHashMap<>();

    /** Call this before anything uses Netty, which checks only once. */
    public static void enable() {
        System.setProperty(EXTENSIONS_SYSTEM_PROPERTY, "serviceload");
    }

    private final OutboundBufferLimit outboundBuffers = new OutboundBufferLimit();

    @Override
    public void postInitializeServerChildChannel(Channel connection) {
        connection.pipeline().addFirst(new OutboundBufferHandler(outboundBuffers), new SlowClientTimeout());
        // Runs once the server has added its own handlers
        connection.pipeline().addLast(new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel channel) {
                if (ServerPipeline.isComplete(channel)) {
                    ServerPipeline.addBehindCodec(channel, guard(channel));
                }
            }
        });
    }

    private static synchronized RequestGuard guard(Channel channel) {
        if (budget == null) {
            budget = new BodyBudget();
        }
        var port = channel.localAddress() instanceof InetSocketAddress local ? local.getPort() : 0;
        return new RequestGuard(budget, CONNECTIONS.computeIfAbsent(port, added -> new OpenConnections(budget)));
    }
}
