package dev.todo.config;

import io.smallrye.config.ConfigSourceContext;
import io.smallrye.config.ConfigSourceFactory;
import io.smallrye.config.PropertiesConfigSource;
import java.util.List;
import java.util.OptionalInt;
import org.eclipse.microprofile.config.spi.ConfigSource;

/** Offers what {@link Environment} makes of the variables to Quarkus, above application.properties. */
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

    /** A password may look like an expression of SmallRye Config, and is none. */
    private static String literal(String value) {
        return value.replace("${", "\\${");
    }
}
