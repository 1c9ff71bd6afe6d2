package dev.todo.database.internals;

import io.netty.channel.Channel;
import io.vertx.core.net.SocketAddress;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.impl.Connection;
import io.vertx.sqlclient.impl.SocketConnectionBase;
import io.vertx.sqlclient.impl.SqlConnectionBase;

/** What is behind a connection; the client has no other way to it. */
final class ClientConnection {

    private ClientConnection() {}

    /** What the pool holds. */
    static Connection.Holder pooled(SqlConnection connection) {
        return (Connection.Holder) unwrapped(connection);
    }

    static Channel channel(SqlConnection connection) {
        return ((SocketConnectionBase) unwrapped(connection).unwrap())
                .socket()
                .channelHandlerContext()
                .channel();
    }

    /** The host that it leads to. */
    static SocketAddress server(SqlConnection connection) {
        return unwrapped(connection).server();
    }

    private static Connection unwrapped(SqlConnection connection) {
        return ((SqlConnectionBase<?>) connection).unwrap();
    }
}
