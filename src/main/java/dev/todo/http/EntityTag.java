package dev.todo.http;

import dev.todo.http.problem.Refusal;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A resource's version as an entity tag, and the preconditions that use it (RFC 9110, sections 8.8.3 and 13.1). */
public final class EntityTag {

    // Proxies that compress a response change its tag: nginx and HAProxy weaken it, Apache and Caddy append the coding
    private static final Pattern TAG = Pattern.compile("(?:W/)?(\"[!#-~\\x80-\\xFF]*?)(?:-(?:gzip|br|zstd))?\"");
    private static final Pattern BETWEEN_TAGS = Pattern.compile("[ \t,]*");

    private EntityTag() {}

    /** A strong tag: each change increments the version, so all representations of a version are identical. */
    public static String of(int version) {
        return "\"" + version + "\"";
    }

    /** The versions that If-Match accepts. */
    public record IfMatch(Set<String> tags) {

        /** Accepts any version; also used if there is no If-Match. */
        public static final IfMatch ANY = new IfMatch(null);

        public static IfMatch of(HttpHeaders headers) {
            var lines = headers.getRequestHeader(HttpHeaders.IF_MATCH);
            return lines == null || lines.isEmpty() || isAny(lines) ? ANY : new IfMatch(EntityTag.tags(lines));
        }

        /**
         * Throws 412 if the header names only other versions. A tag that a proxy has changed counts as the original,
         * even if it is weak, contrary to RFC 9110: versions are exact.
         */
        public void require(int version) {
            if (tags != null && !tags.contains(EntityTag.of(version))) {
                throw Refusal.preconditionFailed();
            }
        }
    }

    /** Whether If-None-Match names this version, so the client already has it. Weak tags match too. */
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

    /** The tags as the service wrote them; empty if the header is not a list of tags. */
    private static Set<String> tags(List<String> lines) {
        var list = TAG.matcher(String.join(",", lines));
        return BETWEEN_TAGS.matcher(list.replaceAll("")).matches()
                ? list.reset().results().map(tag -> tag.group(1) + "\"").collect(Collectors.toSet())
                : Set.of();
    }
}
