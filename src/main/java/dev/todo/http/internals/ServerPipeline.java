package dev.todo.http.internals;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.impl.ConnectionBase;

/**
 * The Netty pipeline of a connection to the Vert.x HTTP server, to which we add handlers. Vert.x has no API for it:
 * only an implementation class leads from a request to its channel, and handlers are positioned by the name that Vert.x
 * gives its own.
 */
public final class ServerPipeline {

    private static final String HTTP_ENCODER = "httpEncoder";

    private ServerPipeline() {}

    /** The channel that a request arrived on. */
    public static ChannelHandlerContext of(HttpServerRequest request) {
        return ((ConnectionBase) request.connection()).channelHandlerContext();
    }

    /** Whether the connection uses HTTP/1.1 and the server has added its handlers. */
    public static boolean isComplete(Channel channel) {
        return channel.pipeline().get(HTTP_ENCODER) != null;
    }

    /** Adds a handler between the server and the HTTP codec. */
    public static void addBehindCodec(Channel channel, ChannelHandler handler) {
        channel.pipeline().addAfter(HTTP_ENCODER, null, handler);
    }
}
