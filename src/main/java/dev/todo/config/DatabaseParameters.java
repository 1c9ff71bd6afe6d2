package dev.todo.config;

import java.io.File;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The parameters of a database URL, which are those of libpq (PostgreSQL manual, section 34.1.2). Rejects all that are
 * not known to be harmless: ignoring them could change what the URL means.
 *
 * @param rootCertificate a file with certificate authorities; null for those that Java trusts
 * @param options command-line options of the server or of a proxy in front of it; null if there are none
 */
public record DatabaseParameters(SslMode sslMode, String rootCertificate, String applicationName, String options) {

    private static final Set<String> FOLLOWED =
            Set.of("application_name", "options", "ssl", "sslmode", "sslrootcert", "target_session_attrs");

    private static final Set<String> IGNORED = Set.of(
            // Of libpq. The service has its own time-outs
            "channel_binding",
            "client_encoding",
            "connect_timeout",
            "fallback_application_name",
            "gssencmode=disable",
            "gssencmode=prefer",
            "keepalives",
            "keepalives_count",
            "keepalives_idle",
            "keepalives_interval",
            "load_balance_hosts",
            "sslcompression",
            "sslnegotiation",
            "sslsni",
            "tcp_user_timeout",
            // Of the pools and statement caches of asyncpg, SQLAlchemy, pgx, Prisma and Supabase, and of node-postgres
            "command_timeout",
            "connection_limit",
            "pgbouncer",
            "pool_max_conns",
            "pool_timeout",
            "prepared_statement_cache_size",
            "statement_cache_size",
            "supa",
            "uselibpqcompat");

    /** The service writes, so each of these makes it look for a server that accepts changes. */
    private static final List<String> TARGETS = List.of("any", "read-write", "primary");

    private static final String SYSTEM = "system";

    static DatabaseParameters parse(String variable, String query) {
        var given = given(query);
        if (given.getOrDefault("host", "").startsWith("/")) {
            throw unixSocket(variable);
        }
        rejectUnknown(variable, given);
        oneOf(variable, "target_session_attrs", given.getOrDefault("target_session_attrs", "any"), TARGETS);
        var sslMode = sslMode(variable, given);
        return new DatabaseParameters(
                sslMode,
                rootCertificate(
                        variable, sslMode, nonEmpty(given, "sslrootcert").orElse(SYSTEM)),
                nonEmpty(given, "application_name").orElse("todo-service"),
                nonEmpty(given, "options").orElse(null));
    }

    static InvalidSetting unixSocket(String variable) {
        return new InvalidSetting(variable, "names a Unix socket, which is not supported: use a TCP host");
    }

    private static void rejectUnknown(String variable, Map<String, String> given) {
        var unknown = new TreeSet<>(given.keySet());
        unknown.removeAll(FOLLOWED);
        unknown.removeIf(name -> IGNORED.contains(name) || IGNORED.contains(name + "=" + given.get(name)));
        if (!unknown.isEmpty()) {
            throw new InvalidSetting(
                    variable,
                    "has a parameter that is not supported: " + unknown.first().replaceAll("[^\\w.-]", "?"));
        }
    }

    /**
     * The stricter of {@code sslmode} and {@code ssl}, which is what other clients than libpq use. As in libpq,
     * {@code sslrootcert} makes {@code require} verify the server.
     */
    private static SslMode sslMode(String variable, Map<String, String> given) {
        var wanted = Stream.of("ssl", "sslmode")
                .filter(given::containsKey)
                .map(name -> sslMode(variable, name, given.get(name)))
                .max(Comparator.naturalOrder());
        var certificate = nonEmpty(given, "sslrootcert");
        if (certificate.filter(SYSTEM::equals).isPresent()) {
            return wanted.or(() -> Optional.of(SslMode.VERIFY_FULL))
                    .filter(SslMode::isVerified)
                    .orElseThrow(() -> new InvalidSetting(
                            variable, "must have sslmode=verify-full or verify-ca with sslrootcert=system"));
        }
        var mode = wanted.orElse(SslMode.PREFER);
        return mode == SslMode.REQUIRE && certificate.isPresent() ? SslMode.VERIFY_CA : mode;
    }

    private static SslMode sslMode(String variable, String parameter, String value) {
        var aliases =
                parameter.equals("ssl") ? Map.of("true", "require", "false", "disable") : Map.<String, String>of();
        var name = aliases.getOrDefault(value, value);
        oneOf(variable, parameter, name, SslMode.LIBPQ_NAMES);
        return SslMode.named(name);
    }

    private static String rootCertificate(String variable, SslMode sslMode, String file) {
        if (file.equals(SYSTEM) || !sslMode.isVerified()) {
            return null;
        }
        if (!new File(file).canRead()) {
            throw new InvalidSetting(variable, "names a file in sslrootcert that cannot be read: " + file);
        }
        return file;
    }

    private static void oneOf(String variable, String parameter, String value, List<String> values) {
        if (!values.contains(value)) {
            throw new InvalidSetting(
                    variable, "must have one of these values for " + parameter + ": " + String.join(", ", values));
        }
    }

    /** If a parameter is repeated, the last one counts. */
    private static Map<String, String> given(String query) {
        var given = new HashMap<String, String>();
        if (query != null && !query.isEmpty()) {
            for (var parameter : query.split("&")) {
                var parts = parameter.split("=", 2);
                given.put(PercentEncoding.decode(parts[0]), parts.length == 2 ? PercentEncoding.decode(parts[1]) : "");
            }
        }
        return given;
    }

    private static Optional<String> nonEmpty(Map<String, String> given, String parameter) {
        return Optional.ofNullable(given.get(parameter)).filter(value -> !value.isEmpty());
    }
}
