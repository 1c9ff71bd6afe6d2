package dev.todo.http.connection;

import dev.todo.http.RequestIdFilter;
import dev.todo.http.problem.HttpRefusals;
import dev.todo.http.problem.Refusal;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;

/**
 * Sits between the decoder and the server on each connection, behind {@link PipelinedRequests}. It rejects requests
 * whose end is ambiguous, closes their connections, and limits the memory for bodies. After a rejection the client has
 * some time to read the response.
 */
final class RequestGuard extends ChannelDuplexHandler {

    /** A safety net: the limits of the endpoints are lower. */
    private static final int MAX_BODY_BYTES = 16 * 1024 * 1024;

    private static final int MAX_DISCARD_SECONDS = 10;
    private static final int MAX_HOLD_SECONDS = 2;

    private final BodyBudget budget;
    private final PipelinedRequests requests;
    private final LingeringClose lingering = new LingeringClose();

    private ChannelHandlerContext context;
    private Upload current;
    private String requestId;
    private long discardedBytes;
    private boolean isAnsweredHere;
    private boolean hasBody;
    private boolean expectsContinue;
    private boolean isLast;
    /** A response that is ready before the whole body has arrived, and what follows it. */
    private HttpResponse early;

    private final Deque<Runnable> held = new ArrayDeque<>();

    RequestGuard(BodyBudget budget, OpenConnections connections) {
        this.budget = budget;
        this.requests = new PipelinedRequests(budget, connections);
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        this.context = context;
        context.pipeline().addBefore(context.name(), null, requests);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) throws Exception {
        if (current != null) {
            budget.release(current);
        }
        sendHeld();
        super.channelInactive(context);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof Refusal tooMany) {
            requestId = null;
            end(tooMany, "/");
        } else if (message instanceof HttpRequest request) {
            begin(request);
        } else if (message instanceof HttpContent content && current != null) {
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
        RequestHead.closeAfterHttp10Body(request);
        hasBody = RequestHead.hasBody(request);
        expectsContinue = request.headers().contains(HttpHeaderNames.EXPECT);
        requests.begin();
        current = new Upload(this::dropSlow);
        budget.begin(current);
        context.fireChannelRead(request);
    }

    private void receive(HttpContent content) {
        var bytes = content.content().readableBytes();
        current.receive(bytes);
        if (early != null && content instanceof LastHttpContent) {
            sendHeld();
        }
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
                budget.complete(current);
            }
            context.fireChannelRead(content);
        }
    }

    private void discard(HttpContent content, int bytes) {
        discardedBytes += bytes;
        content.release();
        if (discardedBytes > LingeringClose.MAX_DISCARDED_BYTES) {
            sendHeld();
            context.close();
        } else if (content instanceof LastHttpContent) {
            discardedBytes = 0;
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
        requests.end();
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
            if (message instanceof HttpResponse response) {
                hold(response);
                current.beginAnswer();
                // When the response begins, the body has been read as far as needed
                budget.release(current);
            }
            if (message instanceof LastHttpContent) {
                finishResponse(current);
            }
        }
        if (early == null) {
            context.write(message, promise);
        } else {
            held.add(() -> context.write(message, promise));
        }
    }

    /**
     * Holds back a response that does not wait for the whole body, until that has arrived or for a while; then the
     * response ends the connection. Some proxies, such as HAProxy 2.6, stop sending when they have the response, and
     * reuse the connection all the same: their next request would be taken for the rest of the body.
     */
    private void hold(HttpResponse response) {
        isLast = false;
        if (hasBody && requests.isReceiving()) {
            early = response;
            // A client that waits for 100 (Continue) does not send its body now
            var seconds = expectsContinue ? 0 : MAX_HOLD_SECONDS;
            context.executor().schedule(() -> sendAsLast(response), seconds, TimeUnit.SECONDS);
        }
    }

    private void sendAsLast(HttpResponse response) {
        if (early == response) {
            isLast = true;
            response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
            sendHeld();
        }
    }

    private void sendHeld() {
        early = null;
        held.forEach(Runnable::run);
        held.clear();
        context.flush();
    }

    private void finishResponse(Upload request) {
        request.markAnswered();
        if (requests.isReceiving()) {
            context.executor().schedule(() -> closeUnlessFinished(request), MAX_DISCARD_SECONDS, TimeUnit.SECONDS);
        } else {
            finish();
        }
    }

    private void closeUnlessFinished(Upload request) {
        if (current == request) {
            context.close();
        }
    }

    private void finish() {
        if (isLast) {
            requests.end();
            // After the end of the response, which is being written
            context.executor().execute(() -> close(context, context.newPromise()));
        } else {
            current = null;
            requests.finish();
        }
    }

    @Override
    public void close(ChannelHandlerContext context, ChannelPromise promise) {
        if (requests.hasUnread()) {
            requests.end();
            lingering.close(context, promise);
        } else {
            context.close(promise);
        }
    }
}
