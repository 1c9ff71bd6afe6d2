package dev.todo.task.events;

import dev.todo.task.FeedPosition;

/** Where a stream begins; with a reset if the client's last event is not known. */
record StreamStart(FeedPosition position, boolean isReset) {

    /** Of the request, set by {@link StreamStartFilter}. */
    static final String ATTRIBUTE = StreamStart.class.getName();
}
