package dev.todo.http.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.BeanProperty;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.cfg.MapperConfig;
import com.fasterxml.jackson.databind.deser.ContextualDeserializer;
import com.fasterxml.jackson.databind.deser.std.StringDeserializer;
import com.fasterxml.jackson.databind.introspect.AnnotatedField;
import com.fasterxml.jackson.databind.introspect.AnnotatedMember;
import com.fasterxml.jackson.databind.introspect.AnnotatedMethod;
import com.fasterxml.jackson.databind.introspect.AnnotatedParameter;
import com.fasterxml.jackson.databind.module.SimpleModule;
import io.quarkus.jackson.ObjectMapperCustomizer;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Instant;

/**
 * Makes JSON strict: nothing is guessed, truncated, coerced or ignored. Libraries share the mapper for their own types,
 * for example a function's events, so names and texts in those are left unchanged.
 */
@Singleton
class StrictJson implements ObjectMapperCustomizer {

    /** Runs after Jackson's own modules, so that ours take precedence. */
    @Override
    public int priority() {
        return MINIMUM_PRIORITY;
    }

    @Override
    public void customize(ObjectMapper mapper) {
        mapper.getFactory().disable(JsonFactory.Feature.CHARSET_DETECTION);
        mapper.getFactory().setInputDecorator(new StrictUtf8());
        mapper.enable(JsonGenerator.Feature.COMBINE_UNICODE_SURROGATES_IN_UTF8);
        mapper.setPropertyNamingStrategy(new OurNamesInSnakeCase());
        mapper.enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION.mappedFeature());
        mapper.disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION.mappedFeature());
        mapper.enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
        mapper.enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
        mapper.enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS);
        mapper.configure(MapperFeature.ALLOW_COERCION_OF_SCALARS, false);
        mapper.registerModule(new SimpleModule("strict")
                .addDeserializer(String.class, new StorableText())
                .addDeserializer(Instant.class, new JsonStringDeserializer<>(Instant.class, Rfc3339::parse))
                .addSerializer(Instant.class, new InstantAsRfc3339()));
    }

    private static boolean isOurs(AnnotatedMember member) {
        return member.getDeclaringClass().getPackageName().startsWith("dev.todo");
    }

    private static class OurNamesInSnakeCase extends PropertyNamingStrategies.SnakeCaseStrategy {
        @Override
        public String nameForField(MapperConfig<?> config, AnnotatedField field, String name) {
            return isOurs(field) ? super.nameForField(config, field, name) : name;
        }

        @Override
        public String nameForGetterMethod(MapperConfig<?> config, AnnotatedMethod method, String name) {
            return isOurs(method) ? super.nameForGetterMethod(config, method, name) : name;
        }

        @Override
        public String nameForSetterMethod(MapperConfig<?> config, AnnotatedMethod method, String name) {
            return isOurs(method) ? super.nameForSetterMethod(config, method, name) : name;
        }

        @Override
        public String nameForConstructorParameter(MapperConfig<?> config, AnnotatedParameter parameter, String name) {
            return isOurs(parameter) ? super.nameForConstructorParameter(config, parameter, name) : name;
        }
    }

    private static class StorableText extends JsonStringDeserializer<String> implements ContextualDeserializer {

        StorableText() {
            super(String.class, Text::requireStorable);
        }

        @Override
        public JsonDeserializer<?> createContextual(DeserializationContext context, BeanProperty property) {
            var isTheirs = property != null && property.getMember() != null && !isOurs(property.getMember());
            return isTheirs ? StringDeserializer.instance : this;
        }
    }

    private static class InstantAsRfc3339 extends JsonSerializer<Instant> {
        @Override
        public void serialize(Instant instant, JsonGenerator json, SerializerProvider provider) throws IOException {
            json.writeString(Rfc3339.format(instant));
        }
    }
}
