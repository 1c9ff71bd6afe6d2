package dev.todo.config;

import io.smallrye.config.ConfigSourceContext;
import io.smallrye.config.ConfigSourceFactory;
import io.smallrye.config.PropertiesConfigSource;
import java.util.List;
import java.util.OptionalInt;
import org.eclipse.microprofile.config.spi.ConfigSource;

/** Provides the properties from {@link Environment} to Quarkus, with precedence over application.properties. */
public class EnvironmentConfigSource implements ConfigSourceFactory {

    private static final int ABOVE_APPLICATION_PROPERTIES = 275;

    @Override
    public Iterable<ConfigSource> getConfigSources(ConfigSourceContext context) {
        var properties = Environment.ofProcessUnchecked().properties();
        properties.replaceAll((name, value) -> literal(value));
        return List.of(new PropertiesConfigSource(properties, "environment variables", ABOVE_APPLICATION_PROPERTIES));
    }

    @Override
    public OptionalInt getPriority() {
        return OptionalInt.of(ABOVE_APPLICATION_PROPERTIES);
    }

    /** Escapes the value: a password may look like an expression of SmallRye Config. */
    private static String literal(String value) {
        return value.replace("${", "\\${");
    }
}
