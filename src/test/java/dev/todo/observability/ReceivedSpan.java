package dev.todo.observability;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A received span. The field numbers come from opentelemetry-proto 1.x, trace.proto and its imports. */
record ReceivedSpan(Message message, Map<String, String> ofResource) {

    /** The spans of an ExportTraceServiceRequest. */
    static Stream<ReceivedSpan> in(Message request) {
        return request.all(1).stream().flatMap(ofResource -> {
            var resource = attributes(ofResource.all(1).get(0).all(1));
            return ofResource.all(2).stream()
                    .flatMap(ofScope -> ofScope.all(2).stream())
                    .map(span -> new ReceivedSpan(span, resource));
        });
    }

    String trace() {
        return HexFormat.of().formatHex(message.bytes(1));
    }

    String id() {
        return HexFormat.of().formatHex(message.bytes(2));
    }

    String parent() {
        return HexFormat.of().formatHex(message.bytes(4));
    }

    String name() {
        return message.text(5);
    }

    String attribute(String key) {
        return attributes(message.all(9)).get(key);
    }

    String resource(String key) {
        return ofResource.get(key);
    }

    private static Map<String, String> attributes(List<Message> keyValues) {
        return keyValues.stream()
                .collect(Collectors.toMap(
                        pair -> pair.text(1), pair -> value(pair.all(2).get(0))));
    }

    private static String value(Message any) {
        return any.fields.stream()
                .map(field -> field.content != null
                        ? new String(field.content, StandardCharsets.UTF_8)
                        : String.valueOf(field.number))
                .findFirst()
                .orElse("");
    }

    /** A message in the protobuf wire format, as far as OTLP uses it. */
    static final class Message {

        private record Field(int tag, byte[] content, long number) {}

        private final List<Field> fields = new ArrayList<>();
        private final byte[] bytes;
        private int next;

        Message(byte[] bytes) {
            this.bytes = bytes;
            while (next < bytes.length) {
                var key = (int) varint();
                switch (key & 7) {
                    case 0 -> fields.add(new Field(key >> 3, null, varint()));
                    case 1 -> fields.add(new Field(key >> 3, content(8), 0));
                    case 2 -> fields.add(new Field(key >> 3, content((int) varint()), 0));
                    case 5 -> fields.add(new Field(key >> 3, content(4), 0));
                    default -> throw new IllegalArgumentException("Wire type " + (key & 7));
                }
            }
        }

        List<Message> all(int tag) {
            return fields.stream()
                    .filter(field -> field.tag == tag)
                    .map(field -> new Message(field.content))
                    .toList();
        }

        byte[] bytes(int tag) {
            return fields.stream()
                    .filter(field -> field.tag == tag)
                    .map(Field::content)
                    .findFirst()
                    .orElse(new byte[0]);
        }

        String text(int tag) {
            return new String(bytes(tag), StandardCharsets.UTF_8);
        }

        private byte[] content(int length) {
            var content = new byte[length];
            System.arraycopy(bytes, next, content, 0, length);
            next += length;
            return content;
        }

        private long varint() {
            var value = 0L;
            for (var shift = 0; ; shift += 7) {
                var read = bytes[next++];
                value |= (long) (read & 0x7f) << shift;
                if (read >= 0) {
                    return value;
                }
            }
        }
    }
}
