package dev.todo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The files for GitHub and for releases, which nothing else reads before a merge. */
class RepositoryTest {

    private static final Path WORKFLOWS = Path.of(".github/workflows");
    private static final Pattern ACTION = Pattern.compile("(?m)^\\s*(?:- )?uses: (?!\\./)(.*)$");
    private static final Pattern PINNED_ACTION =
            Pattern.compile("[\\w-]+(/[\\w-]+)+@[0-9a-f]{40} # v\\d+\\.\\d+\\.\\d+");
    private static final Pattern PROJECT_VERSION = Pattern.compile("<version>(.*)</version>");
    private static final Pattern IMAGE_VERSION =
            Pattern.compile("(?:todo-service:|newTag: |todo-service-)(\\d+\\.\\d+\\.\\d+)");

    static List<Path> workflows() throws IOException {
        return PathsTest.paths(WORKFLOWS).toList();
    }

    @Test
    void every_YAML_file_can_be_parsed() throws IOException {
        var files = PathsTest.paths(Path.of("."))
                .filter(file -> file.toString().matches(".*\\.ya?ml|.*/devcontainer\\.json"))
                .toList();

        var contents = new ArrayList<JsonNode>();
        for (var file : files) {
            contents.addAll(documents(file));
        }

        assertFalse(files.isEmpty());
        assertTrue(contents.stream().noneMatch(JsonNode::isEmpty));
    }

    @ParameterizedTest
    @MethodSource("workflows")
    void workflows_pin_each_action_to_a_commit_and_name_its_version(Path workflow) throws IOException {
        var actions = ACTION.matcher(Files.readString(workflow))
                .results()
                .map(action -> action.group(1))
                .toList();

        assertFalse(actions.isEmpty());
        for (var action : actions) {
            assertTrue(PINNED_ACTION.matcher(action).matches(), action);
        }
    }

    @ParameterizedTest
    @MethodSource("workflows")
    void workflows_can_only_read_unless_a_job_asks_for_more(Path workflow) throws IOException {
        var permissions = documents(workflow).get(0).path("permissions");

        assertEquals(new ObjectMapper().valueToTree(Map.of("contents", "read")), permissions);
    }

    @Test
    void all_files_name_the_version_that_the_next_tag_releases() throws IOException {
        var version = projectVersion();

        assertTrue(version.matches("\\d+\\.\\d+\\.\\d+"), version);
        assertTrue(Files.readString(Path.of("CHANGELOG.md")).contains("\n## [" + version + "] - "), version);
        assertEquals(Map.of(), otherVersions(version));
    }

    private static String projectVersion() throws IOException {
        var first = PROJECT_VERSION.matcher(Files.readString(Path.of("pom.xml")));
        assertTrue(first.find());
        return first.group(1);
    }

    /** The versions of our images that documents and manifests name, other than this one. */
    private static Map<Path, String> otherVersions(String version) throws IOException {
        var others = new TreeMap<Path, String>();
        var named = 0;
        for (var file :
                PathsTest.paths(Path.of(".")).filter(Files::isRegularFile).toList()) {
            if (file.toString().matches(".*\\.(md|ya?ml)")) {
                for (var image :
                        IMAGE_VERSION.matcher(Files.readString(file)).results().toList()) {
                    named++;
                    if (!image.group(1).equals(version)) {
                        others.put(file, image.group(1));
                    }
                }
            }
        }
        assertTrue(named > 0);
        return others;
    }

    private static List<JsonNode> documents(Path file) throws IOException {
        var yaml = new ObjectMapper(YAMLFactory.builder()
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .build());
        try (var documents = yaml.readerFor(JsonNode.class).<JsonNode>readValues(file.toFile())) {
            return documents.readAll();
        }
    }
}
