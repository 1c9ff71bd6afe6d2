package dev.todo.http.connection;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufHolder;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.FileRegion;
import java.util.concurrent.TimeUnit;

/**
 * Closes a connection if data is pending and its client has read nothing for thirty seconds. If a client keeps up,
 * nothing is pending after a flush, so the check is only a look at that number.
 */
final class OutboundBufferHandler extends ChannelOutboundHandlerAdapter implements OutboundBufferLimit.Connection {

    private static final int CHECK_SECONDS = 1;
    private static final long STALL_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final OutboundBufferLimit limit;
    private ChannelHandlerContext channel;
    private boolean isWatched;
    private long written;
    private long sent;
    private volatile long lastProgress;

    OutboundBufferHandler(OutboundBufferLimit limit) {
        this.limit = limit;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        channel = added;
        channel.channel().closeFuture().addListener(closed -> limit.forget(this));
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) throws Exception {
        written += size(message);
        super.write(context, message, promise);
    }

    @Override
    public void flush(ChannelHandlerContext context) throws Exception {
        super.flush(context);
        var buffer = buffer();
        if (buffer == null || buffer.totalPendingWriteBytes() == 0) {
            return;
        }
        if (!isWatched) {
            isWatched = true;
            lastProgress = System.nanoTime();
            sent = written - unsent(buffer);
            scheduleCheck();
        }
        limit.update(this, buffer.totalPendingWriteBytes());
    }

    @Override
    public long lastProgress() {
        return lastProgress;
    }

    @Override
    public void close() {
        // Asynchronously: this may be called from another event loop or in the middle of a write
        channel.executor().execute(channel::close);
    }

    private void scheduleCheck() {
        channel.executor().schedule(this::check, CHECK_SECONDS, TimeUnit.SECONDS);
    }

    private void check() {
        var buffer = buffer();
        if (buffer == null || buffer.totalPendingWriteBytes() == 0) {
            isWatched = false;
            limit.forget(this);
            return;
        }
        limit.update(this, buffer.totalPendingWriteBytes());
        var sentByNow = written - unsent(buffer);
        if (sentByNow > sent) {
            sent = sentByNow;
            lastProgress = System.nanoTime();
        } else if (System.nanoTime() - lastProgress > STALL_NANOS) {
            limit.dropStalled(this);
        }
        scheduleCheck();
    }

    /** Null once the connection is closed. */
    private ChannelOutboundBuffer buffer() {
        return channel.channel().unsafe().outboundBuffer();
    }

    /** Exact to the byte; the channel's own total includes the whole of a partly sent message. */
    private static long unsent(ChannelOutboundBuffer buffer) {
        var bytes = new long[1];
        try {
            buffer.forEachFlushedMessage(message -> {
                bytes[0] += size(message);
                return true;
            });
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        return bytes[0];
    }

    private static long size(Object message) {
        if (message instanceof ByteBuf bytes) {
            return bytes.readableBytes();
        }
        if (message instanceof ByteBufHolder holder) {
            return holder.content().readableBytes();
        }
        return message instanceof FileRegion file ? file.count() - file.transferred() : 0;
    }
}
