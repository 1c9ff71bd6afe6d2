package dev.todo.http.connection;

import dev.todo.http.problem.Refusal;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpMessageDecoderResult;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Passes on the requests of a connection one at a time, each after the response to the one before. Without this, the
 * server would accept any number of requests before it answers the first, and would drop them when the client closes
 * the connection.
 */
final class PipelinedRequests extends ChannelInboundHandlerAdapter implements OpenConnections.Connection {

    private static final int MAX_WAITING = 16;

    /** Overhead of the decoder's objects in addition to their bytes. */
    private static final int MESSAGE_BYTES = 1024;

    private final BodyBudget budget;
    private final OpenConnections connections;
    /** Messages that arrived before the response to the current request was sent. */
    private final Deque<Object> waiting = new ArrayDeque<>();

    private final Upload waitingBytes = new Upload(() -> {});

    private ChannelHandlerContext context;
    private int waitingRequests;
    private boolean isReceiving;
    private boolean isEnded;
    private volatile boolean isIdle = true;
    private volatile long idleSince = System.nanoTime();

    PipelinedRequests(BodyBudget budget, OpenConnections connections) {
        this.budget = budget;
        this.connections = connections;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        this.context = context;
        if (!connections.add(this)) {
            context.close();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) throws Exception {
        connections.remove(this);
        end();
        super.channelInactive(context);
    }

    @Override
    public boolean isIdle() {
        return isIdle;
    }

    @Override
    public long idleSince() {
        return idleSince;
    }

    @Override
    public void drop() {
        context.executor().execute(() -> context.close());
    }

    /** The request that was passed on is in progress until {@link #finish}. */
    void begin() {
        isIdle = false;
        isReceiving = true;
    }

    /** Whether the end of the current request has not been received yet. */
    boolean isReceiving() {
        return isReceiving;
    }

    /** Passes on the next request. */
    void finish() {
        idleSince = System.nanoTime();
        isIdle = true;
        if (!waiting.isEmpty()) {
            // After the server has processed the end of the response
            context.executor().execute(this::passWaiting);
        }
    }

    /** Drops what is waiting and all that still arrives. */
    void end() {
        isEnded = true;
        discardWaiting();
    }

    /** Whether the client may have sent something that nobody has read. */
    boolean hasUnread() {
        return isEnded || isReceiving;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (isEnded) {
            ReferenceCountUtil.release(message);
        } else if (!waiting.isEmpty() || isAwaitingResponse()) {
            enqueue(message);
        } else {
            pass(message);
        }
    }

    /** Whether the request has been received completely but not answered yet. */
    private boolean isAwaitingResponse() {
        return !isIdle && !isReceiving;
    }

    private void enqueue(Object message) {
        var bytes = message instanceof HttpContent content ? content.content().readableBytes() : 0;
        if (message instanceof HttpRequest request) {
            waitingRequests++;
            bytes += request.decoderResult() instanceof HttpMessageDecoderResult size ? size.totalSize() : 0;
        }
        if (waitingRequests > MAX_WAITING || !budget.reserve(waitingBytes, bytes + MESSAGE_BYTES)) {
            ReferenceCountUtil.release(message);
            isEnded = true;
            waiting.add(Refusal.unavailable(
                    "Too many requests are queued on this connection. Wait for responses before you send more.", 1));
        } else {
            waiting.add(message);
        }
    }

    private void passWaiting() {
        while (!waiting.isEmpty() && !isAwaitingResponse()) {
            pass(waiting.poll());
        }
        if (waiting.isEmpty()) {
            discardWaiting();
        }
        // The server flushes, and so closes, only after this event
        context.fireChannelReadComplete();
    }

    private void pass(Object message) {
        if (message instanceof LastHttpContent) {
            isReceiving = false;
        }
        context.fireChannelRead(message);
    }

    private void discardWaiting() {
        waiting.forEach(ReferenceCountUtil::release);
        waiting.clear();
        waitingRequests = 0;
        budget.release(waitingBytes);
    }
}
