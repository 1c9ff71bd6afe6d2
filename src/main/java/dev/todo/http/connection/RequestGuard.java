package dev.todo.http.connection;

import dev.todo.http.RequestIdFilter;
import dev.todo.http.problem.HttpRefusals;
import dev.todo.http.problem.Refusal;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMessageDecoderResult;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;

/**
 * Sits between the decoder and the server on each connection. It rejects requests whose end is ambiguous, closes their
 * connections, and limits the memory for bodies and pipelined requests. After a rejection the client has some time to
 * read the response.
 */
final class RequestGuard extends ChannelDuplexHandler implements OpenConnections.Connection {

    private static final int MAX_WAITING = 16;

    /** Overhead of the decoder's objects in addition to their bytes. */
    private static final int MESSAGE_BYTES = 1024;

    /** A safety net: the limits of the endpoints are lower. */
    private static final int MAX_BODY_BYTES = 16 * 1024 * 1024;

    /** How much of a body is read and dropped after the response. */
    private static final int MAX_DISCARDED_BYTES = 16 * 1024 * 1024;

    private static final int MAX_DISCARD_SECONDS = 10;
    private static final int LINGER_SECONDS = 2;

    private final BodyBudget budget;
    private final OpenConnections connections;
    /** Messages that arrived before the response to the current request was sent. */
    private final Deque<Object> waiting = new ArrayDeque<>();

    private final Upload waitingBytes = new Upload(() -> {});

    private ChannelHandlerContext context;
    private Upload current;
    private String requestId;
    private boolean isReceiving;
    private int waitingRequests;
    private long discardedBytes;
    private boolean isInputEnded;
    private boolean isAnsweredHere;
    private boolean isLingering;
    private volatile boolean isIdle = true;
    private volatile long idleSince = System.nanoTime();

    RequestGuard(BodyBudget budget, OpenConnections connections) {
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
        isInputEnded = true;
        discardWaiting();
        if (current != null) {
            budget.release(current);
        }
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

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (isInputEnded) {
            ReferenceCountUtil.release(message);
        } else if (!waiting.isEmpty() || isAwaitingResponse()) {
            enqueue(message);
        } else {
            process(message);
        }
    }

    /** Whether the request has been received completely but not answered yet. */
    private boolean isAwaitingResponse() {
        return current != null && !isReceiving;
    }

    /**
     * Queues a message. Without this, the server would accept any number of requests before it answers the first, and
     * would drop them when the client closes the connection.
     */
    private void enqueue(Object message) {
        var bytes = message instanceof HttpContent content ? content.content().readableBytes() : 0;
        if (message instanceof HttpRequest request) {
            waitingRequests++;
            bytes += request.decoderResult() instanceof HttpMessageDecoderResult size ? size.totalSize() : 0;
        }
        if (waitingRequests > MAX_WAITING || !budget.reserve(waitingBytes, bytes + MESSAGE_BYTES)) {
            ReferenceCountUtil.release(message);
            isInputEnded = true;
            waiting.add(Refusal.unavailable(
                    "Too many requests are queued on this connection. Wait for" + " responses before you send more.",
                    1));
        } else {
            waiting.add(message);
        }
    }

    private void processWaiting() {
        while (!waiting.isEmpty() && !isAwaitingResponse()) {
            process(waiting.poll());
        }
        if (waiting.isEmpty()) {
            discardWaiting();
        }
        // The server flushes, and so closes, only after this event
        context.fireChannelReadComplete();
    }

    private void discardWaiting() {
        waiting.forEach(ReferenceCountUtil::release);
        waiting.clear();
        waitingRequests = 0;
        budget.release(waitingBytes);
    }

    private void process(Object message) {
        if (message instanceof Refusal tooMany) {
            requestId = null;
            end(tooMany, "/");
        } else if (message instanceof HttpRequest request) {
            begin(request);
        } else if (message instanceof HttpContent content && isReceiving) {
            receive(content);
        } else {
            context.fireChannelRead(message);
        }
    }

    private void begin(HttpRequest request) {
        requestId = request.headers().get(RequestIdFilter.HEADER);
        var refusal = RequestHead.refusal(request);
        if (refusal.isPresent()) {
            end(refusal.get(), request.uri());
            return;
        }
        if (request.protocolVersion().equals(HttpVersion.HTTP_1_0)
                && request.headers().contains(HttpHeaderNames.CONTENT_LENGTH)) {
            // For HTTP/1.0 the decoder uses the first of several lengths; closing keeps what follows from being read as
            // another request
            request.headers().remove(HttpHeaderNames.CONNECTION);
        }
        isIdle = false;
        current = new Upload(this::dropSlow);
        isReceiving = true;
        budget.begin(current);
        context.fireChannelRead(request);
    }

    private void receive(HttpContent content) {
        var bytes = content.content().readableBytes();
        current.receive(bytes);
        if (content.decoderResult().isFailure()) {
            end(content, HttpRefusals.of(400));
        } else if (current.isAnswered()) {
            discard(content, bytes);
        } else if (current.receivedBytes() > MAX_BODY_BYTES) {
            end(content, HttpRefusals.of(413));
        } else if (bytes > 0 && !current.hasAnswerBegun() && !budget.reserve(current, bytes)) {
            end(
                    content,
                    Refusal.unavailable("The service is receiving too many request bodies. Try again shortly.", 1));
        } else {
            if (content instanceof LastHttpContent) {
                isReceiving = false;
                budget.complete(current);
            }
            context.fireChannelRead(content);
        }
    }

    private void discard(HttpContent content, int bytes) {
        discardedBytes += bytes;
        content.release();
        if (discardedBytes > MAX_DISCARDED_BYTES) {
            context.close();
        } else if (content instanceof LastHttpContent) {
            discardedBytes = 0;
            isReceiving = false;
            finish();
            context.fireChannelRead(LastHttpContent.EMPTY_LAST_CONTENT);
        }
    }

    /** Rejects a request in the middle of its body. */
    private void end(HttpContent content, Refusal refusal) {
        content.release();
        end(refusal, "/");
    }

    /** Sends the response, unless one has already begun, and closes the connection; nothing more is read from it. */
    private void end(Refusal refusal, String uri) {
        respond(refusal, uri);
        close(context, context.newPromise());
    }

    private void respond(Refusal refusal, String uri) {
        isInputEnded = true;
        discardWaiting();
        if (current == null || !current.hasAnswerBegun()) {
            isAnsweredHere = true;
            context.writeAndFlush(RefusalResponse.of(refusal, uri, requestId));
        }
    }

    private void dropSlow() {
        context.executor().execute(() -> {
            respond(HttpRefusals.of(408), "/");
            // Without waiting for the client, to free the memory
            context.close();
        });
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        if (isAnsweredHere) {
            ReferenceCountUtil.release(message);
            promise.trySuccess();
            return;
        }
        var isInterim = message instanceof HttpResponse response
                && response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
        if (!isInterim && current != null) {
            if (message instanceof HttpResponse) {
                current.beginAnswer();
                // When the response begins, the body has been read as far as needed
                budget.release(current);
            }
            if (message instanceof LastHttpContent) {
                finishResponse(current);
            }
        }
        context.write(message, promise);
    }

    private void finishResponse(Upload request) {
        request.markAnswered();
        if (!isReceiving) {
            finish();
            return;
        }
        Runnable giveUp = () -> {
            if (current == request) {
                context.close();
            }
        };
        context.executor().schedule(giveUp, MAX_DISCARD_SECONDS, TimeUnit.SECONDS);
    }

    private void finish() {
        current = null;
        idleSince = System.nanoTime();
        isIdle = true;
        if (!waiting.isEmpty()) {
            // After the server has processed the end of the response
            context.executor().execute(this::processWaiting);
        }
    }

    /** Closes our side first: closing a socket with unread bytes resets it, and the client may lose the response. */
    @Override
    public void close(ChannelHandlerContext context, ChannelPromise promise) {
        if (isLingering) {
            context.channel().closeFuture().addListener(closed -> promise.trySuccess());
        } else if ((isInputEnded || isReceiving)
                && context.channel() instanceof DuplexChannel socket
                && socket.isActive()) {
            isLingering = true;
            isInputEnded = true;
            context.flush();
            socket.shutdownOutput();
            context.pipeline().addFirst(new Discarder());
            socket.config().setAutoRead(true);
            context.executor().schedule(() -> context.close(promise), LINGER_SECONDS, TimeUnit.SECONDS);
        } else {
            context.close(promise);
        }
    }

    /** Drops all further input, and closes the connection if there is too much of it. */
    private static final class Discarder extends ChannelInboundHandlerAdapter {

        private long bytes;

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            bytes += message instanceof ByteBuf buffer ? buffer.readableBytes() : 0;
            ReferenceCountUtil.release(message);
            if (bytes > MAX_DISCARDED_BYTES) {
                context.close();
            }
        }
    }
}
