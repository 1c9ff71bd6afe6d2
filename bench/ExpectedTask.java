import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** A task's state after the last acknowledged change, and a later change with an unknown outcome, if there is one. */
final class ExpectedTask {

    private static final int HISTORY = 8;

    /** A change that may have been applied: the members it sets, and whether it deletes or restores the task. */
    record Doubt(Map<String, JsonNode> members, boolean isDeletion, boolean isRestoration) {

        static Doubt change(Map<String, JsonNode> members) {
            return new Doubt(members, false, false);
        }

        static Doubt deletion() {
            return deletion(Map.of());
        }

        /** Of a task that a change with an unknown outcome may have set these members of before. */
        static Doubt deletion(Map<String, JsonNode> members) {
            return new Doubt(members, true, false);
        }

        static Doubt restoration() {
            return new Doubt(Map.of(), false, true);
        }
    }

    private final String id;
    private final Deque<String> history = new ArrayDeque<>();
    private JsonNode state;
    private boolean isDeleted;
    private Doubt doubt;
    /** What a deleted task may have besides its state: its deletion was certain before an earlier change was. */
    private Map<String, JsonNode> possibleMembers = Map.of();

    ExpectedTask(JsonNode state) {
        this.id = state.path("id").asText();
        this.state = state;
    }

    String id() {
        return id;
    }

    JsonNode state() {
        return state;
    }

    int version() {
        return state.path("version").asInt();
    }

    /** The first word of the title. Only the task's recurrences share it. */
    String marker() {
        return state.path("title").asText().split(" ")[0];
    }

    boolean is(String member) {
        return state.path(member).asBoolean();
    }

    boolean isRecurring() {
        return !state.path("recurrence").isNull();
    }

    boolean isDeleted() {
        return isDeleted;
    }

    Doubt doubt() {
        return doubt;
    }

    Map<String, JsonNode> possibleMembers() {
        return possibleMembers;
    }

    void became(JsonNode newState) {
        state = newState;
        possibleMembers = Map.of();
        isDeleted = false;
        doubt = null;
    }

    void wasDeleted() {
        isDeleted = true;
        possibleMembers = doubt == null ? possibleMembers : doubt.members();
        doubt = null;
    }

    void isInDoubt(Doubt change) {
        doubt = change;
    }

    void isNoLongerInDoubt() {
        doubt = null;
    }

    void happened(ChaosClient.Answer answer, String how) {
        history.addLast(java.time.LocalTime.now() + " " + answer + " " + how);
        if (history.size() > HISTORY) {
            history.removeFirst();
        }
    }

    String history() {
        return "\n    " + String.join("\n    ", history);
    }

    /** The differences from the acknowledged state; empty if there are none. */
    List<String> differences(JsonNode actual) {
        return differences(state, actual, List.of("next"));
    }

    static List<String> differences(JsonNode expected, JsonNode actual, List<String> ignored) {
        var names = new TreeSet<String>();
        expected.fieldNames().forEachRemaining(names::add);
        actual.fieldNames().forEachRemaining(names::add);
        ignored.forEach(names::remove);
        var differences = new ArrayList<String>();
        for (var name : names) {
            if (!expected.path(name).equals(actual.path(name))) {
                differences.add(name + ": expected " + expected.path(name) + ", is " + actual.path(name));
            }
        }
        return differences;
    }
}
