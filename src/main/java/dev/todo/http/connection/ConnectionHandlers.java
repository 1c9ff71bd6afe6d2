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
 * Puts {@link SlowClientTimeout}, {@link OutboundBufferHandler} and {@link RequestGuard} on each connection to our ports from its first
 * moment on, which the HTTP server itself has no way to say. Netty finds this class by {@link java.util.ServiceLoader}, once
 * it was allowed to.
 */
// Quarkus leaves services out of the executable that no extension of it names
@RegisterForReflection
@RegisterResources(globs = "META-INF/services/io.netty.bootstrap.ChannelInitializerExtension")
public class ConnectionHandlers extends ChannelInitializerExtension {

    // Made when the first connection comes: the executable's classes are initialized where it is built
    private static BodyBudget budget;
    private static final Map<Integer, OpenConnections> CONNECTIONS = new ConcurrentHashMap<>();

    /** To be called before anything uses Netty, which looks once. */
    public static void enable() {
        System.setProperty(EXTENSIONS_SYSTEM_PROPERTY, "serviceload");
    }

    private final OutboundBufferLimit outboundBuffers = new OutboundBufferLimit();

    @Override
    public void postInitializeServerChildChannel(Channel connection) {
        connection.pipeline().addFirst(new OutboundBufferHandler(outboundBuffers), new SlowClientTimeout());
        // Once the server has put its own handlers there
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
