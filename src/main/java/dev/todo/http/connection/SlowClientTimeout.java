package dev.todo.http.connection;

import dev.todo.http.FilterOrder;
import dev.todo.http.body.ReceivedBody;
import dev.todo.http.internals.ServerPipeline;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.ScheduledFuture;
import io.quarkus.vertx.http.ManagementInterface;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.concurrent.TimeUnit;

/**
 * Limits how long a request may take to arrive: ten seconds for its head, no matter how many bytes trickle in, and
 * thirty seconds without any data in its body. Between requests the server's idle timeout applies.
 */
final class SlowClientTimeout extends ChannelInboundHandlerAdapter {

    private static final int HEAD_SECONDS = 10;
    private static final int BODY_PAUSE_SECONDS = 30;

    /**
     * Cleared as soon as the response is sent: the request may hold its body, and the connection may stay idle for
     * long.
     */
    private HttpServerRequest request;

    private boolean isBetweenRequests;
    private ScheduledFuture<?> timer;
    private boolean isReading;

    /** Notifies a connection's timeout that the head of a request has arrived. */
    @ApplicationScoped
    static class HeadListener {

        void register(@Observes Filters filters) {
            filters.register(HeadListener::onHead, FilterOrder.HEAD_RECEIVED);
        }

        void register(@Observes ManagementInterface management) {
            management.router().route().order(-FilterOrder.HEAD_RECEIVED).handler(HeadListener::onHead);
        }

        private static void onHead(RoutingContext context) {
            var channel = ServerPipeline.of(context.request());
            var timeout = channel.pipeline().get(SlowClientTimeout.class);
            if (timeout != null) {
                timeout.awaitBody(channel, context.request());
                context.addEndHandler(end -> timeout.forget(channel, context.request()));
            }
            context.next();
        }
    }

    @Override
    public void channelActive(ChannelHandlerContext channel) throws Exception {
        awaitHead(channel);
        super.channelActive(channel);
    }

    @Override
    public void channelRead(ChannelHandlerContext channel, Object bytes) throws Exception {
        isReading = true;
        if (isBetweenRequests) {
            awaitHead(channel);
        }
        super.channelRead(channel, bytes);
    }

    @Override
    public void channelInactive(ChannelHandlerContext channel) throws Exception {
        stop();
        super.channelInactive(channel);
    }

    private void awaitHead(ChannelHandlerContext channel) {
        stop();
        isBetweenRequests = false;
        timer = channel.executor().schedule(() -> channel.close(), HEAD_SECONDS, TimeUnit.SECONDS);
    }

    private void awaitBody(ChannelHandlerContext channel, HttpServerRequest arrived) {
        stop();
        request = arrived;
        if (ReceivedBody.hasBody(arrived) && !arrived.isEnded()) {
            isReading = false;
            timer = channel.executor().schedule(() -> checkBody(channel), BODY_PAUSE_SECONDS, TimeUnit.SECONDS);
        }
    }

    private void forget(ChannelHandlerContext channel, HttpServerRequest answered) {
        if (!channel.executor().inEventLoop()) {
            channel.executor().execute(() -> forget(channel, answered));
        } else if (request == answered) {
            stop();
            request = null;
            isBetweenRequests = true;
        }
    }

    private void checkBody(ChannelHandlerContext channel) {
        if (request.isEnded()) {
            return;
        }
        if (isReading) {
            awaitBody(channel, request);
        } else {
            channel.close();
        }
    }

    private void stop() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }
}
