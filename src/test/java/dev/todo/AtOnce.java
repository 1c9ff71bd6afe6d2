package dev.todo;

import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Makes concurrent calls, each on its own thread. */
public final class AtOnce {

    private AtOnce() {}

    /** The results, in the order of the calls' numbers from 0. */
    public static <T> List<T> atOnce(int times, IntFunction<T> call) {
        var threads = Executors.newFixedThreadPool(times);
        var start = new CountDownLatch(times);
        try {
            var calls = IntStream.range(0, times)
                    .mapToObj(number -> CompletableFuture.supplyAsync(
                            () -> {
                                await(start);
                                return call.apply(number);
                            },
                            threads))
                    .toList();
            return calls.stream().map(CompletableFuture::join).toList();
        } finally {
            threads.shutdown();
        }
    }

    /** Counts the responses by status. */
    public static Map<Integer, Long> statuses(List<Response> answers) {
        return answers.stream().collect(Collectors.groupingBy(Response::statusCode, Collectors.counting()));
    }

    private static void await(CountDownLatch start) {
        try {
            start.countDown();
            start.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
