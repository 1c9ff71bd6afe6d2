package dev.todo.faults;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A proxy between the service and its database that can drop messages. */
final class DatabaseProxy implements AutoCloseable {

    private static final int CANCEL_REQUEST = 80877102;

    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final int databasePort;
    private final Set<Link> links = ConcurrentHashMap.newKeySet();
    private final Queue<Loss> losses = new ConcurrentLinkedQueue<>();
    private volatile boolean losesCancellations;

    DatabaseProxy(int databasePort) throws IOException {
        this.databasePort = databasePort;
        daemon(this::accept);
    }

    /** Drops the response to one message with this text; then the connection ends or stays silent. */
    record Loss(String text, boolean ends, CountDownLatch happened) {

        void await() throws InterruptedException {
            if (!happened.await(20, TimeUnit.SECONDS)) {
                throw new IllegalStateException("No message contained " + text);
            }
        }
    }

    String url() {
        return "postgresql://postgres@localhost:" + server.getLocalPort() + "/postgres?sslmode=disable";
    }

    /** Drops the response to the next message with this text and closes the connection. */
    Loss loseAnswerTo(String text) {
        return lose(new Loss(text, true, new CountDownLatch(1)));
    }

    /** Drops everything after the next message with this text and leaves the connection open. */
    Loss fallSilentAfter(String text) {
        return lose(new Loss(text, false, new CountDownLatch(1)));
    }

    void loseCancellations(boolean loses) {
        losesCancellations = loses;
    }

    /** Keeps existing connections open but drops all their traffic, like a firewall that has lost their state. */
    void blackhole() {
        links.forEach(link -> link.isSilent = true);
    }

    @Override
    public void close() throws IOException {
        server.close();
        links.forEach(Link::end);
    }

    private Loss lose(Loss loss) {
        losses.add(loss);
        return loss;
    }

    private void accept() {
        try {
            while (true) {
                var client = server.accept();
                client.setTcpNoDelay(true);
                var database = new Socket(InetAddress.getLoopbackAddress(), databasePort);
                database.setTcpNoDelay(true);
                var link = new Link(client, database);
                links.add(link);
                daemon(link::forwardRequests);
                daemon(link::forwardAnswers);
            }
        } catch (IOException e) {
            // Closed, or the database is unavailable
        }
    }

    private static void daemon(Runnable work) {
        var thread = new Thread(work, "database-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    private final class Link {

        private final Socket client;
        private final Socket database;
        private volatile boolean isSilent;
        private volatile Loss loss;

        Link(Socket client, Socket database) {
            this.client = client;
            this.database = database;
        }

        void forwardRequests() {
            forward(client, database, bytes -> {
                if (losesCancellations && isCancellation(bytes)) {
                    throw new IOException("Lost");
                }
                var text = new String(bytes, StandardCharsets.UTF_8);
                losses.stream()
                        .filter(candidate -> text.contains(candidate.text))
                        .filter(losses::remove)
                        .findFirst()
                        .ifPresent(found -> loss = found);
                return !isSilent;
            });
        }

        void forwardAnswers() {
            forward(database, client, bytes -> {
                var lost = loss;
                if (lost != null) {
                    isSilent = true;
                    lost.happened.countDown();
                    if (lost.ends) {
                        throw new IOException("Lost");
                    }
                }
                return !isSilent;
            });
        }

        private void forward(Socket from, Socket to, Filter filter) {
            try {
                var in = from.getInputStream();
                var out = to.getOutputStream();
                var buffer = new byte[64 * 1024];
                for (var length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                    if (filter.passes(Arrays.copyOf(buffer, length))) {
                        out.write(buffer, 0, length);
                    }
                }
            } catch (IOException e) {
                // Closed by either side
            } finally {
                end();
            }
        }

        void end() {
            links.remove(this);
            close(client);
            close(database);
        }

        private void close(Socket socket) {
            try {
                socket.close();
            } catch (IOException e) {
                // Already closed
            }
        }
    }

    private interface Filter {
        boolean passes(byte[] bytes) throws IOException;
    }

    private static boolean isCancellation(byte[] bytes) {
        return bytes.length == 16 && ByteBuffer.wrap(bytes).getInt(4) == CANCEL_REQUEST;
    }
}
