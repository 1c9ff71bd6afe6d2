package dev.todo.task.events;

import dev.todo.task.FeedPosition;

/** Where a stream begins; with a reset if the client's last event is unknown. */
record StreamStart(FeedPosition position, boolean isReset) {

    /** The request attribute that {@link StreamStartFilter} sets. */
    static final String ATTRIBUTE = StreamStart.class.getName();
}
