package dev.todo.http.connection;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.DuplexChannel;
import io.netty.util.ReferenceCountUtil;
import java.util.concurrent.TimeUnit;

/**
 * Closes our side of a connection first, and drops what still arrives: closing a socket with unread bytes resets it,
 * and the client may lose the response.
 */
final class LingeringClose extends ChannelInboundHandlerAdapter {

    /** How much is read and dropped before the connection is closed at once. */
    static final int MAX_DISCARDED_BYTES = 16 * 1024 * 1024;

    private static final int LINGER_SECONDS = 2;

    private boolean hasBegun;
    private long bytes;

    /** Closes the connection after a while; may be called repeatedly. */
    void close(ChannelHandlerContext context, ChannelPromise promise) {
        if (hasBegun) {
            context.channel().closeFuture().addListener(closed -> promise.trySuccess());
        } else if (context.channel() instanceof DuplexChannel socket && socket.isActive()) {
            hasBegun = true;
            context.flush();
            socket.shutdownOutput();
            context.pipeline().addFirst(this);
            socket.config().setAutoRead(true);
            context.executor().schedule(() -> context.close(promise), LINGER_SECONDS, TimeUnit.SECONDS);
        } else {
            context.close(promise);
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        bytes += message instanceof ByteBuf buffer ? buffer.readableBytes() : 0;
        ReferenceCountUtil.release(message);
        if (bytes > MAX_DISCARDED_BYTES) {
            context.close();
        }
    }
}
