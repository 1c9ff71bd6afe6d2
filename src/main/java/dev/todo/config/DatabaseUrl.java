package dev.todo.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A PostgreSQL connection URI as Neon, Heroku and Render provide it, converted for the reactive client and the JDBC
 * driver.
 *
 * <p>Follows libpq (PostgreSQL manual, section 34.1.1.2): user name and password may be percent-encoded, the host may
 * be an IPv6 address in brackets, and the port defaults to 5432. Unlike libpq, it accepts unencoded reserved characters
 * in the password, because providers do not always encode it: the password ends at the first {@code @} that is followed
 * by a host, and an {@code @} in a parameter does not count. Only the parameters {@code sslmode} and
 * {@code sslrootcert} are used; others, such as {@code channel_binding}, are for other clients.
 */
public record DatabaseUrl(
        String host, int port, String database, String user, String password, SslMode sslMode, String rootCertificate) {

    /** libpq's {@code sslmode}. As in libpq, {@code allow} and {@code prefer} may fall back to plain text. */
    public enum SslMode {
        DISABLE,
        ALLOW,
        PREFER,
        REQUIRE,
        VERIFY_CA,
        VERIFY_FULL;

        String libpqName() {
            return name().toLowerCase().replace('_', '-');
        }
    }

    private static final Pattern SHAPE = Pattern.compile(
            "postgres(?:ql)?://(?:(?<user>[^:@/?#]*)(?::(?<password>.*?))?@)?(?<host>\\[[0-9a-fA-F:.%]+]|[^:/?#\\[\\]@]*)"
                    + "(?::(?<port>\\d{1,5}))?(?:/(?<database>[^?#/]*))?(?:\\?(?<query>[^#]*))?");

    public static DatabaseUrl parse(String variable, String url) {
        var parts = SHAPE.matcher(url);
        if (!parts.matches()) {
            throw new InvalidSetting(variable, "must look like postgresql://user:password@host:5432/database");
        }
        try {
            var parameters = parameters(parts.group("query"));
            var host = decode(parts.group("host"));
            if (host.startsWith("/") || parameters.getOrDefault("host", "").startsWith("/")) {
                throw new InvalidSetting(variable, "names a Unix socket, which is not supported: use a TCP host");
            }
            if (host.isEmpty() || host.contains(",")) {
                throw new InvalidSetting(variable, "must name exactly one host");
            }
            var user = parts.group("user") == null ? "" : decode(parts.group("user"));
            if (user.isEmpty()) {
                throw new InvalidSetting(variable, "must include a user name");
            }
            var database = parts.group("database") == null ? "" : decode(parts.group("database"));
            var port = parts.group("port") == null ? 5432 : Integer.parseInt(parts.group("port"));
            if (port < 1 || port > 65535) {
                throw new InvalidSetting(variable, "must have a port between 1 and 65535");
            }
            return new DatabaseUrl(
                    host.startsWith("[") ? host.substring(1, host.length() - 1) : host,
                    port,
                    database.isEmpty() ? user : database,
                    user,
                    parts.group("password") == null ? "" : decode(parts.group("password")),
                    sslMode(variable, parameters.get("sslmode")),
                    parameters.get("sslrootcert"));
        } catch (IllegalArgumentException e) {
            throw new InvalidSetting(variable, "has a percent sign that is not followed by two hexadecimal digits");
        }
    }

    /** For the reactive client, which takes user, password and encryption separately. */
    public String reactive() {
        return "postgresql://" + uriHost() + ":" + port + "/" + encode(database);
    }

    /** For the JDBC driver, which takes user and password separately. */
    public String jdbc() {
        var url = "jdbc:postgresql://" + uriHost() + ":" + port + "/" + encode(database) + "?sslmode="
                + sslMode.libpqName() + "&connectTimeout=5&loginTimeout=5&ApplicationName=todo-service";
        if (rootCertificate != null) {
            return url + "&sslrootcert=" + encode(rootCertificate);
        }
        // Without sslrootcert, libpq trusts the system's certificate authorities. The JDBC driver needs an option for
        // this.
        return isVerified() ? url + "&sslfactory=org.postgresql.ssl.DefaultJavaSSLFactory" : url;
    }

    public boolean isVerified() {
        return sslMode == SslMode.VERIFY_CA || sslMode == SslMode.VERIFY_FULL;
    }

    String hostAndPort() {
        return uriHost() + ":" + port;
    }

    private String uriHost() {
        return host.contains(":") ? "[" + host + "]" : host;
    }

    private static SslMode sslMode(String variable, String name) {
        if (name == null) {
            return SslMode.PREFER;
        }
        return List.of(SslMode.values()).stream()
                .filter(mode -> mode.libpqName().equals(name))
                .findFirst()
                .orElseThrow(() -> new InvalidSetting(
                        variable,
                        "must have one of these values for sslmode: disable, allow,"
                                + " prefer, require, verify-ca, verify-full"));
    }

    private static Map<String, String> parameters(String query) {
        var parameters = new HashMap<String, String>();
        if (query != null) {
            for (var parameter : query.split("&")) {
                var parts = parameter.split("=", 2);
                parameters.put(decode(parts[0]), parts.length == 2 ? decode(parts[1]) : "");
            }
        }
        return parameters;
    }

    private static String decode(String text) {
        // URLDecoder is for forms, where + means a space. In a URI it is a plus sign.
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** Omits the password, so that no log or message contains it. */
    @Override
    public String toString() {
        try {
            return new URI("postgresql", user, host, port, "/" + database, null, null).toString();
        } catch (URISyntaxException e) {
            return "postgresql://" + hostAndPort();
        }
    }
}
