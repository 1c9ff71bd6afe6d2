package dev.todo.config;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** Reads the environment variables in docs/configuration.md, checks them and converts them to Quarkus configuration. */
public final class Environment {

    private static final int MIN_SECRET_BYTES = 32;

    private final Variables variables;

    Environment(UnaryOperator<String> variables) {
        this.variables = new Variables(variables);
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
        return variables.oneOf("MIGRATE_AT_START", "true", "true", "false").equals("true");
    }

    public DatabaseUrl directDatabase() {
        return variables
                .given("DATABASE_DIRECT_URL")
                .map(url -> DatabaseUrl.parse("DATABASE_DIRECT_URL", url))
                .orElseGet(this::database);
    }

    public DatabaseUrl database() {
        return DatabaseUrl.parse(
                "DATABASE_URL", variables.required("DATABASE_URL", "use postgresql://user:password@host/database"));
    }

    /** The Quarkus properties. The properties of a required variable that is missing are omitted. */
    Map<String, String> properties() {
        var properties = new HashMap<String, String>();
        variables.given("DATABASE_URL").ifPresent(url -> addDatabase(properties));
        variables.given("JWT_SECRET").ifPresent(secret -> properties.put("todo.jwt-secret", jwtSecret()));
        properties.put("todo.jwt-issuer", variables.given("JWT_ISSUER").orElse("todo-service"));
        properties.put("todo.jwt-expires-in", variables.duration("JWT_EXPIRES_IN", "P7D"));
        properties.put("todo.refresh-expires-in", variables.duration("REFRESH_EXPIRES_IN", "P30D"));
        properties.put("todo.rate-limits", variables.onOff("RATE_LIMITS"));
        variables
                .list("TRUSTED_PROXIES", "IP addresses or CIDR ranges", Environment::isAddressRange)
                .ifPresent(proxies -> properties.put("todo.trusted-proxies", proxies));
        variables
                .list("CORS_ORIGINS", "origins such as https://todo.example.com", Environment::isOrigin)
                .ifPresent(origins -> properties.put("todo.cors-origins", asBrowsersWrite(origins)));
        variables
                .given("PUBLIC_URL")
                .map(WebAddress::publicUrl)
                .ifPresent(url -> properties.put("todo.public-url", url.toString()));
        variables
                .list("JWT_PREVIOUS_SECRETS", "secrets, each at least 32 bytes long", Environment::isSecret)
                .ifPresent(secrets -> properties.put("todo.jwt-previous-secrets", secrets));
        variables
                .given("ADMIN_PASSWORD")
                .ifPresent(password -> variables.required("ADMIN_EMAIL", "it is required with ADMIN_PASSWORD"));
        variables.given("ADMIN_EMAIL").ifPresent(email -> {
            properties.put("todo.admin.email", adminEmail(email));
            properties.put("todo.admin.password", adminPassword());
        });
        properties.put("todo.bcrypt-cost", variables.wholeNumber("BCRYPT_COST", 12, 10, 15));
        properties.put("todo.tasks-per-user", variables.wholeNumber("TASKS_PER_USER", 200_000, 1, 100_000_000));
        properties.put("quarkus.http.port", variables.wholeNumber("PORT", 8080, 1, 65535));
        properties.put("quarkus.management.port", variables.wholeNumber("MANAGEMENT_PORT", 9000, 1, 65535));
        properties.put("quarkus.datasource.reactive.max-size", variables.wholeNumber("DB_POOL_SIZE", 20, 1, 1000));
        properties.put("quarkus.shutdown.delay", variables.duration("SHUTDOWN_DELAY", "PT5S"));
        var docs = variables.onOff("DOCS");
        properties.put("quarkus.smallrye-openapi.enabled", docs);
        properties.put("quarkus.swagger-ui.enabled", docs);
        variables.given("OTEL_EXPORTER_OTLP_ENDPOINT").ifPresent(endpoint -> {
            if (!endpoint.matches("https?://[^\\s?#]+")) {
                throw new InvalidSetting("OTEL_EXPORTER_OTLP_ENDPOINT", "must be a URL such as http://collector:4318");
            }
            properties.put("todo.otlp-endpoint", endpoint);
        });
        variables.given("LOG_FORMAT").ifPresent(format -> {
            var json = variables.oneOf("LOG_FORMAT", "json", "json", "text").equals("json");
            properties.put("quarkus.log.console.json.enabled", String.valueOf(json));
        });
        return properties;
    }

    private void addDatabase(Map<String, String> properties) {
        var pooled = database();
        properties.put("quarkus.datasource.reactive.url", String.join(",", pooled.reactive()));
        properties.put("quarkus.datasource.username", pooled.user());
        properties.put("quarkus.datasource.password", pooled.password());

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
        var secret = variables.required(
                "JWT_SECRET", "use at least 32 random bytes, for example from: openssl rand -base64 48");
        if (!isSecret(secret)) {
            throw new InvalidSetting("JWT_SECRET", "must be at least 32 bytes long");
        }
        return secret;
    }

    private static String adminEmail(String email) {
        if (email.length() > CredentialRules.MAX_EMAIL_LENGTH || !email.matches(CredentialRules.EMAIL_SYNTAX)) {
            throw new InvalidSetting("ADMIN_EMAIL", "must be an e-mail address");
        }
        return email.toLowerCase(Locale.ROOT);
    }

    /** Used as is, including surrounding whitespace: it has to be typed the same way at log-in. */
    private String adminPassword() {
        variables.required("ADMIN_PASSWORD", "it is required with ADMIN_EMAIL");
        var password = variables.raw("ADMIN_PASSWORD");
        if (password.codePointCount(0, password.length()) < CredentialRules.MIN_PASSWORD_LENGTH
                || password.getBytes(StandardCharsets.UTF_8).length > CredentialRules.MAX_PASSWORD_BYTES
                || password.chars().anyMatch(Character::isISOControl)) {
            throw new InvalidSetting(
                    "ADMIN_PASSWORD",
                    "must have at least " + CredentialRules.MIN_PASSWORD_LENGTH + " characters, at most "
                            + CredentialRules.MAX_PASSWORD_BYTES + " bytes and no control characters");
        }
        return password;
    }

    private static boolean isSecret(String secret) {
        return secret.getBytes(StandardCharsets.UTF_8).length >= MIN_SECRET_BYTES;
    }

    private static boolean isOrigin(String origin) {
        return WebAddress.origin(origin).isPresent();
    }

    private static String asBrowsersWrite(String origins) {
        return Arrays.stream(origins.split(","))
                .flatMap(origin -> WebAddress.origin(origin).stream())
                .collect(Collectors.joining(","));
    }

    private static boolean isAddressRange(String range) {
        try {
            AddressRange.parse(range);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
