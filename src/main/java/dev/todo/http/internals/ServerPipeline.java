package dev.todo.http.internals;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.impl.ConnectionBase;

/**
 * The Netty pipeline of a connection to Vert.x' HTTP server, for handlers of our own. Vert.x has no API for it: a request
 * leads to its channel by an implementation class only, and handlers find their place by a name that Vert.x gives its own.
 */
public final class ServerPipeline {

    private static final String HTTP_ENCODER = "httpEncoder";

    private ServerPipeline() {}

    /** The channel that a request came by. */
    public static ChannelHandlerContext of(HttpServerRequest request) {
        return ((ConnectionBase) request.connection()).channelHandlerContext();
    }

    /** Whether the connection speaks HTTP/1.1, and the server has put its handlers there. */
    public static boolean isComplete(Channel channel) {
        return channel.pipeline().get(HTTP_ENCODER) != null;
    }

    /** Adds a handler between the server and what makes requests of bytes and bytes of responses. */
    public static void addBehindCodec(Channel channel, ChannelHandler handler) {
        channel.pipeline().addAfter(HTTP_ENCODER, null, handler);
    }
}
