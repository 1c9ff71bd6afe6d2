package dev.todo.http;

import dev.todo.http.problem.Refusal;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The version of a resource as an entity tag, and the conditions that name such tags (RFC 9110, sections 8.8.3 and 13.1). */
public final class EntityTag {

    private static final Pattern TAG = Pattern.compile("(?:W/)?(\"[!#-~\\x80-\\xFF]*\")");
    private static final Pattern BETWEEN_TAGS = Pattern.compile("[ \t,]*");

    private EntityTag() {}

    /** A strong tag: versions count the changes, so representations of one version are the same. */
    public static String of(int version) {
        return "\"" + version + "\"";
    }

    /** What If-Match says of the version that a change is meant for. */
    public record IfMatch(Set<String> tags) {

        /** Any version will do, also where there is no such header. */
        public static final IfMatch ANY = new IfMatch(null);

        public static IfMatch of(HttpHeaders headers) {
            var lines = headers.getRequestHeader(HttpHeaders.IF_MATCH);
            return lines == null || lines.isEmpty() || isAny(lines) ? ANY : new IfMatch(EntityTag.tags(lines));
        }

        /**
         * 412 if the header names other versions only. A weak tag counts as the strong one, against RFC 9110: versions are
         * exact, and a proxy that compresses answers weakens their tags.
         */
        public void require(int version) {
            if (tags != null && !tags.contains(EntityTag.of(version))) {
                throw Refusal.preconditionFailed();
            }
        }
    }

    /** Whether If-None-Match names this version, so that the client has it already. Weak tags match, too. */
    public static boolean isKnown(int version, HttpHeaders headers) {
        var lines = headers.getRequestHeader(HttpHeaders.IF_NONE_MATCH);
        if (lines == null || lines.isEmpty()) {
            return false;
        }
        return isAny(lines) || tags(lines).contains(of(version));
    }

    private static boolean isAny(List<String> lines) {
        return lines.size() == 1 && lines.get(0).trim().equals("*");
    }

    /** Without what makes them weak. None if the header is no list of tags. */
    private static Set<String> tags(List<String> lines) {
        var list = TAG.matcher(String.join(",", lines));
        return BETWEEN_TAGS.matcher(list.replaceAll("")).matches()
                ? list.reset().results().map(tag -> tag.group(1)).collect(Collectors.toSet())
                : Set.of();
    }
}
