package dev.todo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** A source of more than 200 lines usually has a second idea. */
class FileLengthTest {

    private static final int MAX_LINES = 200;

    /** Those that may be longer, and why. The limits leave room for a few more lines; tests, for one or two more. */
    private static final String EXCUSED = """
            # Half of it describes the endpoints for the OpenAPI document
            260 src/main/java/dev/todo/auth/AuthResource.java
            # One state that all its steps share
            270 src/main/java/dev/todo/http/connection/RequestGuard.java
            400 src/main/resources/web/app/tasks/TaskList.js
            # One sequence of steps
            230 .ci/containers
            300 .ci/run
            310 bench/Scaling.java
            210 bench/TaskReader.java
            # Tables of cases, each with its expected result
            300 src/test/java/dev/todo/config/DatabaseUrlTest.java
            250 src/test/java/dev/todo/config/EnvironmentTest.java
            300 src/test/java/dev/todo/http/EveryRouteTest.java
            750 src/test/java/dev/todo/http/problem/BadInputTest.java
            350 src/test/java/dev/todo/task/recurrence/RecurrenceTest.java
            # Scenarios on one set-up that takes long to start or to explain
            300 src/browser/java/dev/todo/page/AccessibleInBrowser.java
            300 src/browser/java/dev/todo/page/EditingInBrowser.java
            250 src/browser/java/dev/todo/page/SigningInBrowser.java
            400 src/browser/java/dev/todo/page/TasksInBrowser.java
            300 src/lambda/java/dev/todo/lambda/FunctionIT.java
            300 src/test/java/dev/todo/ReplicasIT.java
            400 src/test/java/dev/todo/deploy/ManifestsTest.java
            350 src/test/java/dev/todo/deploy/MovingFromFastApiTest.java
            350 src/test/java/dev/todo/faults/DatabaseFaultsIT.java
            300 src/test/java/dev/todo/faults/FloodIT.java
            250 src/test/java/dev/todo/faults/InnocentRequestsIT.java
            250 src/test/java/dev/todo/faults/LostAnswersIT.java
            250 src/test/java/dev/todo/faults/SlowClientIT.java
            250 src/test/java/dev/todo/http/concurrency/UserConcurrencyTest.java
            500 src/test/java/dev/todo/http/connection/RequestGuardTest.java
            # All promises of one part of the API, each with its refusals
            400 src/test/java/dev/todo/OpenApiTest.java
            350 src/test/java/dev/todo/account/UserAdministrationTest.java
            350 src/test/java/dev/todo/account/UserListTest.java
            300 src/test/java/dev/todo/auth/LogInTest.java
            650 src/test/java/dev/todo/auth/accesstoken/AccessTokenTest.java
            450 src/test/java/dev/todo/auth/apitoken/PersonalTokenApiTest.java
            250 src/test/java/dev/todo/auth/ratelimit/ClientAddressTest.java
            350 src/test/java/dev/todo/auth/ratelimit/LogInLimitTest.java
            550 src/test/java/dev/todo/auth/session/RefreshTest.java
            300 src/test/java/dev/todo/auth/session/SessionListTest.java
            300 src/test/java/dev/todo/cleanup/CleanupTaskTest.java
            500 src/test/java/dev/todo/http/problem/ProblemApiTest.java
            450 src/test/java/dev/todo/task/RecurringTaskTest.java
            650 src/test/java/dev/todo/task/TaskApiTest.java
            300 src/test/java/dev/todo/task/TaskFilterTest.java
            250 src/test/java/dev/todo/task/TaskListTest.java
            300 src/test/java/dev/todo/task/TaskModelTest.java
            300 src/test/java/dev/todo/task/VersionTest.java
            450 src/test/java/dev/todo/task/events/TaskEventsTest.java
            700 src/test/java/dev/todo/task/transfer/TransferTest.java
            """;

    private static final Map<Path, Integer> MAX_OF_EXCUSED = EXCUSED.lines()
            .filter(line -> !line.startsWith("#"))
            .map(line -> line.split(" "))
            .collect(Collectors.toMap(words -> Path.of(words[1]), words -> Integer.valueOf(words[0])));

    @Test
    void no_source_is_longer_than_200_lines_unless_excused() throws IOException {
        var sources = longSources();

        sources.entrySet()
                .removeIf(source -> source.getValue() <= MAX_OF_EXCUSED.getOrDefault(source.getKey(), MAX_LINES));

        assertEquals(Map.of(), sources);
    }

    @Test
    void excuses_only_long_sources() throws IOException {
        var needless = new TreeSet<>(MAX_OF_EXCUSED.keySet());

        needless.removeAll(longSources().keySet());

        assertEquals(Set.of(), needless);
    }

    private static Map<Path, Integer> longSources() throws IOException {
        var lengths = new TreeMap<Path, Integer>();
        for (var file :
                PathsTest.paths(Path.of(".")).filter(Files::isRegularFile).toList()) {
            if (isSource(file)) {
                lengths.put(file.normalize(), lines(file).size());
            }
        }
        lengths.values().removeIf(length -> length <= MAX_LINES);
        return lengths;
    }

    private static boolean isSource(Path file) throws IOException {
        var name = file.getFileName().toString();
        return name.matches(".*\\.(java|jsx?)") || !name.contains(".") && isBash(file);
    }

    private static boolean isBash(Path file) throws IOException {
        return lines(file).stream()
                .findFirst()
                .filter(line -> line.matches("#!.*bash"))
                .isPresent();
    }

    private static List<String> lines(Path file) throws IOException {
        return Files.readAllLines(file, StandardCharsets.ISO_8859_1);
    }
}
