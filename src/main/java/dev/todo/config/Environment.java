package dev.todo.config;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** Reads the environment variables in docs/configuration.md, checks them and converts them to Quarkus configuration. */
public final class Environment {

    private static final int MIN_SECRET_BYTES = 32;

    /** The same as in user/EmailAddress, which this package must not depend on. */
    private static final String EMAIL = "[a-zA-Z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}"
            + "@[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?"
            + "(?:\\.[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?)+";

    private final UnaryOperator<String> variables;

    Environment(UnaryOperator<String> variables) {
        this.variables = variables;
    }

    /** The environment of this process, checked; throws {@link InvalidSetting} for the first invalid variable. */
    public static Environment ofProcess() {
        var environment = ofProcessUnchecked();
        environment.database();
        environment.jwtSecret();
        environment.properties();
        return environment;
    }

    /**
     * System properties override variables, for processes whose environment cannot be set, as in tests and dev mode.
     */
    public static Environment ofProcessUnchecked() {
        return new Environment(name -> System.getProperty(name, System.getenv(name)));
    }

    public boolean migrateAtStart() {
        return oneOf("MIGRATE_AT_START", "true", "true", "false").equals("true");
    }

    public DatabaseUrl directDatabase() {
        return given("DATABASE_DIRECT_URL")
                .map(url -> DatabaseUrl.parse("DATABASE_DIRECT_URL", url))
                .orElseGet(this::database);
    }

    DatabaseUrl database() {
        return DatabaseUrl.parse(
                "DATABASE_URL", required("DATABASE_URL", "use postgresql://user:password@host/database"));
    }

    /** The Quarkus properties. The properties of a required variable that is missing are omitted. */
    Map<String, String> properties() {
        var properties = new HashMap<String, String>();
        given("DATABASE_URL").ifPresent(url -> addDatabase(properties));
        given("JWT_SECRET").ifPresent(secret -> properties.put("todo.jwt-secret", jwtSecret()));
        properties.put("todo.jwt-issuer", given("JWT_ISSUER").orElse("todo-service"));
        properties.put("todo.jwt-expires-in", duration("JWT_EXPIRES_IN", "P7D"));
        properties.put("todo.refresh-expires-in", duration("REFRESH_EXPIRES_IN", "P30D"));
        properties.put("todo.rate-limits", onOff("RATE_LIMITS"));
        list("TRUSTED_PROXIES", "IP addresses or CIDR ranges", Environment::isAddressRange)
                .ifPresent(proxies -> properties.put("todo.trusted-proxies", proxies));
        list("CORS_ORIGINS", "origins such as https://todo.example.com", Environment::isOrigin)
                .ifPresent(origins -> properties.put("todo.cors-origins", origins));
        list("JWT_PREVIOUS_SECRETS", "secrets, each at least 32 bytes long", Environment::isSecret)
                .ifPresent(secrets -> properties.put("todo.jwt-previous-secrets", secrets));
        given("ADMIN_PASSWORD").ifPresent(password -> required("ADMIN_EMAIL", "it is required with ADMIN_PASSWORD"));
        given("ADMIN_EMAIL").ifPresent(email -> {
            properties.put("todo.admin.email", adminEmail(email));
            properties.put("todo.admin.password", adminPassword());
        });
        properties.put("todo.bcrypt-cost", wholeNumber("BCRYPT_COST", 12, 10, 15));
        properties.put("todo.tasks-per-user", wholeNumber("TASKS_PER_USER", 200_000, 1, 100_000_000));
        properties.put("quarkus.http.port", wholeNumber("PORT", 8080, 1, 65535));
        properties.put("quarkus.management.port", wholeNumber("MANAGEMENT_PORT", 9000, 1, 65535));
        properties.put("quarkus.datasource.reactive.max-size", wholeNumber("DB_POOL_SIZE", 20, 1, 1000));
        properties.put("quarkus.shutdown.delay", duration("SHUTDOWN_DELAY", "PT5S"));
        var docs = onOff("DOCS");
        properties.put("quarkus.smallrye-openapi.enabled", docs);
        properties.put("quarkus.swagger-ui.enabled", docs);
        given("OTEL_EXPORTER_OTLP_ENDPOINT").ifPresent(endpoint -> {
            if (!endpoint.matches("https?://[^\\s?#]+")) {
                throw new InvalidSetting("OTEL_EXPORTER_OTLP_ENDPOINT", "must be a URL such as http://collector:4318");
            }
            properties.put("todo.otlp-endpoint", endpoint);
        });
        given("LOG_FORMAT").ifPresent(format -> {
            var json = oneOf("LOG_FORMAT", "json", "json", "text").equals("json");
            properties.put("quarkus.log.console.json.enabled", String.valueOf(json));
        });
        return properties;
    }

    private void addDatabase(Map<String, String> properties) {
        var pooled = database();
        properties.put("quarkus.datasource.reactive.url", pooled.reactive());
        properties.put("quarkus.datasource.username", pooled.user());
        properties.put("quarkus.datasource.password", pooled.password());
        properties.put("todo.database.ssl-mode", pooled.sslMode().name());
        if (pooled.rootCertificate() != null) {
            properties.put("todo.database.root-certificate", pooled.rootCertificate());
        }

        var direct = directDatabase();
        var migrate = String.valueOf(migrateAtStart());
        properties.put("quarkus.datasource.migration.active", migrate);
        properties.put("quarkus.datasource.migration.jdbc.url", direct.jdbc());
        properties.put("quarkus.datasource.migration.username", direct.user());
        properties.put("quarkus.datasource.migration.password", direct.password());
        properties.put("quarkus.flyway.migration.active", migrate);
        properties.put("quarkus.flyway.migration.migrate-at-start", migrate);
        if (!migrateAtStart()) {
            // Startup must not query the database then. The job that migrates has already validated the entities
            // against it.
            properties.put("quarkus.hibernate-orm.schema-management.strategy", "none");
        }
    }

    private String jwtSecret() {
        var secret = required("JWT_SECRET", "use at least 32 random bytes, for example from: openssl rand -base64 48");
        if (!isSecret(secret)) {
            throw new InvalidSetting("JWT_SECRET", "must be at least 32 bytes long");
        }
        return secret;
    }

    private static String adminEmail(String email) {
        if (email.length() > 254 || !email.matches(EMAIL)) {
            throw new InvalidSetting("ADMIN_EMAIL", "must be an e-mail address");
        }
        return email.toLowerCase(Locale.ROOT);
    }

    /** Used as is, including surrounding whitespace: it has to be typed the same way at log-in. */
    private String adminPassword() {
        required("ADMIN_PASSWORD", "it is required with ADMIN_EMAIL");
        var password = variables.apply("ADMIN_PASSWORD");
        if (password.codePointCount(0, password.length()) < 8
                || password.getBytes(StandardCharsets.UTF_8).length > 72
                || password.chars().anyMatch(Character::isISOControl)) {
            throw new InvalidSetting(
                    "ADMIN_PASSWORD", "must have at least 8 characters, at most 72 bytes and no control characters");
        }
        return password;
    }

    private Optional<String> given(String variable) {
        return Optional.ofNullable(variables.apply(variable)).map(String::strip).filter(value -> !value.isEmpty());
    }

    private String required(String variable, String example) {
        return given(variable).orElseThrow(() -> new InvalidSetting(variable, "is not set: " + example));
    }

    private String onOff(String variable) {
        return String.valueOf(oneOf(variable, "on", "on", "off").equals("on"));
    }

    private Optional<String> list(String variable, String what, Predicate<String> isGood) {
        return given(variable).map(list -> {
            var items = Arrays.stream(list.split(",")).map(String::strip).toList();
            if (!items.stream().allMatch(isGood)) {
                throw new InvalidSetting(variable, "must be a comma-separated list of " + what);
            }
            // In lists, a backslash is an escape character of SmallRye Config
            return String.join(",", items).replace("\\", "\\\\");
        });
    }

    private static boolean isSecret(String secret) {
        return secret.getBytes(StandardCharsets.UTF_8).length >= MIN_SECRET_BYTES;
    }

    private static boolean isOrigin(String origin) {
        return origin.matches("https?://[^/?#@\\s]+");
    }

    private static boolean isAddressRange(String range) {
        try {
            AddressRange.parse(range);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private String oneOf(String variable, String defaultValue, String first, String second) {
        var value = given(variable).orElse(defaultValue);
        if (!value.equals(first) && !value.equals(second)) {
            throw new InvalidSetting(variable, "must be " + first + " or " + second);
        }
        return value;
    }

    private String wholeNumber(String variable, int defaultValue, int min, int max) {
        var value = given(variable).orElse(String.valueOf(defaultValue));
        if (!value.matches("\\d{1,9}") || Integer.parseInt(value) < min || Integer.parseInt(value) > max) {
            throw new InvalidSetting(variable, "must be a whole number from " + min + " to " + max);
        }
        return value;
    }

    private String duration(String variable, String defaultValue) {
        try {
            var duration = Duration.parse(given(variable).orElse(defaultValue));
            if (!duration.isNegative()) {
                return duration.toString();
            }
        } catch (DateTimeParseException e) {
            // rejected below, like a negative duration
        }
        throw new InvalidSetting(variable, "must be an ISO 8601 duration such as " + defaultValue);
    }
}
