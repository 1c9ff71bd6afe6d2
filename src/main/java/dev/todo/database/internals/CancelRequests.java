package dev.todo.database.internals;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.pgclient.PgConnection;

/**
 * Asks a server to cancel statements (PostgreSQL manual, section 55.2.7), as libpq does: each request has its own
 * connection in plain text, which stays open until the server closes it. The client's own method closes it immediately,
 * and PgBouncer 1.18 crashes if that happens before it has forwarded the request.
 */
final class CancelRequests {

    private static final int MESSAGE_BYTES = 16;
    private static final int CODE = 80877102;
    private static final int CONNECT_MILLIS = 1_000;
    private static final int ANSWER_MILLIS = 5_000;

    private final Vertx vertx;
    private final NetClient client;

    CancelRequests(Vertx vertx) {
        this.vertx = vertx;
        this.client = vertx.createNetClient(new NetClientOptions().setConnectTimeout(CONNECT_MILLIS));
    }

    /** The response to the statement shows whether it was cancelled. */
    void send(PgConnection connection) {
        client.connect(ClientConnection.server(connection)).onSuccess(socket -> send(connection, socket));
    }

    private void send(PgConnection connection, NetSocket socket) {
        var timer = vertx.setTimer(ANSWER_MILLIS, now -> socket.close());
        socket.closeHandler(closed -> vertx.cancelTimer(timer));
        socket.write(Buffer.buffer()
                .appendInt(MESSAGE_BYTES)
                .appendInt(CODE)
                .appendInt(connection.processId())
                .appendInt(connection.secretKey()));
    }
}
