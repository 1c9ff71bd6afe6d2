package dev.todo.config;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A PostgreSQL connection URI as Neon, Heroku and Render provide it, converted for the reactive client and the JDBC
 * driver.
 *
 * <p>Follows libpq (PostgreSQL manual, section 34.1.1.2): user name and password may be percent-encoded, there may be
 * several hosts, a host may be an IPv6 address in brackets, and ports default to 5432. Unlike libpq, it accepts
 * unencoded reserved characters in the password, because providers do not always encode it: the password ends at the
 * first {@code @} that is followed by hosts, and an {@code @} in a parameter does not count. It also accepts SQLAlchemy's
 * names of drivers in the scheme.
 *
 * @param variable the environment variable that contained it
 */
public record DatabaseUrl(
        String variable,
        List<Host> hosts,
        String database,
        String user,
        String password,
        DatabaseParameters parameters) {

    /** A host and its port. */
    public record Host(String name, int port) {

        @Override
        public String toString() {
            return (name.contains(":") ? "[" + name + "]" : name) + ":" + port;
        }
    }

    private static final String HOST = "(?:\\[[0-9a-fA-F:.%]+]|[^:/?#\\[\\]@,]*)(?::\\d{1,5})?";

    private static final Pattern SHAPE =
            Pattern.compile("postgres(?:ql)?(?:\\+\\w+)?://(?:(?<user>[^:@/?#]*)(?::(?<password>.*?))?@)?(?<hosts>"
                    + HOST + "(?:," + HOST + ")*)(?:/(?<database>[^?#/]*))?(?:\\?(?<query>[^#]*))?");

    public static DatabaseUrl parse(String variable, String url) {
        var parts = SHAPE.matcher(url);
        if (!parts.matches()) {
            throw new InvalidSetting(variable, "must look like postgresql://user:password@host:5432/database");
        }
        try {
            var parameters = DatabaseParameters.parse(variable, parts.group("query"));
            var hosts = Arrays.stream(parts.group("hosts").split(",", -1))
                    .map(host -> host(variable, host))
                    .toList();
            var user = decoded(parts.group("user"));
            if (user.isEmpty()) {
                throw new InvalidSetting(variable, "must include a user name");
            }
            var database = decoded(parts.group("database"));
            return new DatabaseUrl(
                    variable,
                    hosts,
                    database.isEmpty() ? user : database,
                    user,
                    decoded(parts.group("password")),
                    parameters);
        } catch (IllegalArgumentException e) {
            throw new InvalidSetting(variable, "has a percent sign that is not followed by two hexadecimal digits");
        }
    }

    /** For the reactive client, which takes one host and everything else separately: a URL for each host. */
    public List<String> reactive() {
        return hosts.stream()
                .map(host -> "postgresql://" + host + "/" + PercentEncoding.encode(database))
                .toList();
    }

    /** For the JDBC driver, which takes user and password separately. */
    public String jdbc() {
        var url = new StringBuilder("jdbc:postgresql://")
                .append(hostList())
                .append("/")
                .append(PercentEncoding.encode(database))
                .append("?sslmode=")
                .append(parameters.sslMode().libpqName())
                .append("&connectTimeout=5&loginTimeout=")
                .append(5 * hosts.size());
        append(url, "ApplicationName", parameters.applicationName());
        append(url, "options", parameters.options());
        append(url, "sslrootcert", parameters.rootCertificate());
        if (parameters.sslMode().isVerified() && parameters.rootCertificate() == null) {
            append(url, "sslfactory", "org.postgresql.ssl.DefaultJavaSSLFactory");
        }
        if (hosts.size() > 1) {
            append(url, "targetServerType", "primary");
        }
        return url.toString();
    }

    private static void append(StringBuilder url, String parameter, String value) {
        if (value != null) {
            url.append("&").append(parameter).append("=").append(PercentEncoding.encode(value));
        }
    }

    private static Host host(String variable, String nameAndPort) {
        var end = nameAndPort.indexOf(':', nameAndPort.indexOf(']') + 1);
        var name = decoded(end < 0 ? nameAndPort : nameAndPort.substring(0, end));
        if (name.startsWith("/")) {
            throw DatabaseParameters.unixSocket(variable);
        }
        if (name.isEmpty()) {
            throw new InvalidSetting(variable, "must name a host");
        }
        var port = end < 0 ? 5432 : Integer.parseInt(nameAndPort.substring(end + 1));
        if (port < 1 || port > 65535) {
            throw new InvalidSetting(variable, "must have a port between 1 and 65535");
        }
        return new Host(name.startsWith("[") ? name.substring(1, name.length() - 1) : name, port);
    }

    private static String decoded(String part) {
        return part == null ? "" : PercentEncoding.decode(part);
    }

    private String hostList() {
        return hosts.stream().map(Host::toString).collect(Collectors.joining(","));
    }

    /** Omits the password, so that no log or message contains it. */
    @Override
    public String toString() {
        return "postgresql://" + PercentEncoding.encode(user) + "@" + hostList() + "/"
                + PercentEncoding.encode(database);
    }
}
