package dev.todo.http;

/** The order of the filters in front of the endpoints: from the highest number to the lowest. */
public final class FilterOrder {

    /** Before all others: they know the service's own paths only. */
    static final int PATH_PREFIX = 12_000;

    /** The head of the request has arrived: its timeout ends, whatever the next filters do. */
    public static final int HEAD_RECEIVED = 11_000;

    /** All later responses and log lines have the request's id. */
    static final int REQUEST_ID = 10_000;

    /** All later log lines have the ids of the trace and the span. */
    public static final int TRACE_ID = 9_999;

    /** Failures go to our handler, not to the one that Quarkus has. */
    static final int FAILURES = 10_000;

    /** Before all filters that depend on the path. */
    static final int CANONICAL_PATH = 9_700;

    /** Pages of other origins can read all later responses. */
    static final int CORS = 9_500;

    /** All others, which do not depend on each other. */
    public static final int OTHERS = 9_000;

    private FilterOrder() {}
}
