import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A proxy between the replicas and their database that can refuse, cut and delay connections and drop responses. */
final class TcpProxy implements AutoCloseable {

    private final int target;
    private final int port;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private volatile ServerSocket listener;
    private volatile int delayMillis;
    private volatile boolean losesAnswers;

    TcpProxy(int target) throws IOException {
        this.target = target;
        this.listener = listener(0);
        this.port = listener.getLocalPort();
        accept(listener);
    }

    int port() {
        return port;
    }

    /** Refuses new connections and cuts open ones. */
    void refuse() throws IOException {
        listener.close();
        cut();
    }

    void acceptAgain() throws IOException {
        listener = listener(port);
        accept(listener);
    }

    void cut() throws IOException {
        for (var socket : sockets) {
            socket.close();
        }
    }

    void delay(int millis) {
        delayMillis = millis;
    }

    /** Drops the database's responses; requests still arrive. */
    void loseAnswers(boolean are) {
        losesAnswers = are;
    }

    @Override
    public void close() throws IOException {
        refuse();
    }

    private static ServerSocket listener(int port) throws IOException {
        var listener = new ServerSocket();
        listener.setReuseAddress(true);
        listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 200);
        return listener;
    }

    private void accept(ServerSocket listener) {
        start(() -> {
            try {
                while (true) {
                    connect(listener.accept());
                }
            } catch (IOException closed) {
                // closed by refuse()
            }
        });
    }

    private void connect(Socket replica) throws IOException {
        sockets.add(replica);
        try {
            var database = new Socket(InetAddress.getLoopbackAddress(), target);
            sockets.add(database);
            replica.setTcpNoDelay(true);
            database.setTcpNoDelay(true);
            start(() -> copy(replica, database, false));
            start(() -> copy(database, replica, true));
        } catch (IOException databaseIsAway) {
            close(replica);
        }
    }

    private void copy(Socket from, Socket to, boolean areAnswers) {
        var buffer = new byte[16_384];
        try {
            int length;
            while ((length = from.getInputStream().read(buffer)) >= 0) {
                if (delayMillis > 0) {
                    Thread.sleep(delayMillis);
                }
                if (!areAnswers || !losesAnswers) {
                    to.getOutputStream().write(buffer, 0, length);
                }
            }
        } catch (IOException | InterruptedException ended) {
            // One side is closed, so close the other too
        } finally {
            close(from);
            close(to);
        }
    }

    private void close(Socket socket) {
        sockets.remove(socket);
        try {
            socket.close();
        } catch (IOException alreadyGone) {
            // nothing to close
        }
    }

    private static void start(Runnable work) {
        var thread = new Thread(work, "proxy");
        thread.setDaemon(true);
        thread.start();
    }
}
