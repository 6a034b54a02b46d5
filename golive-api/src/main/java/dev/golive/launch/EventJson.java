package dev.golive.launch;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import dev.golive.GoLiveException;
import dev.golive.journal.Entry;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/** Events and commands as JSON. The one place where they are written and read. */
final class EventJson {

    static final String GOES_ON = "goesOn";

    private static final String MARK = "\"" + GOES_ON + "\":true";
    private static final ObjectMapper MAPPER = mapper();
    private static final Map<String, Class<?>> TYPES = new HashMap<>();

    static {
        for (Class<?> type : Event.class.getPermittedSubclasses()) {
            TYPES.put(type.getSimpleName(), type);
        }
    }

    private EventJson() {}

    static String type(Event event) {
        return event.getClass().getSimpleName();
    }

    static String write(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new GoLiveException("an event could not be written: " + e.getOriginalMessage(), e);
        }
    }

    /** The event of an entry. A type that this version does not know is refused: half a state would be a wrong one. */
    static Event read(Entry entry) {
        Class<?> type = TYPES.get(entry.type());
        if (type == null) {
            throw new GoLiveException("entry " + entry.number() + " of the journal has the type " + entry.type()
                    + ", which this version does not know");
        }
        return (Event) read(entry.data(), type, "entry " + entry.number() + " of the journal");
    }

    /** Whether an entry is not the last one of its step. */
    static boolean goesOn(Entry entry) {
        // entries are many and large, and few are marked: they are looked into only if they may be
        return entry.data().contains(MARK)
                && read(entry.data(), Map.class, "entry " + entry.number() + " of the journal")
                        .containsKey(GOES_ON);
    }

    static <V> V read(String json, Class<V> type, String what) {
        try {
            V value = MAPPER.readValue(json, type);
            if (value == null) {
                throw new GoLiveException(what + " holds nothing");
            }
            return value;
        } catch (JsonProcessingException | RuntimeException e) {
            if (e instanceof GoLiveException refused) {
                throw refused;
            }
            String why = e instanceof JsonProcessingException json2 ? json2.getOriginalMessage() : e.getMessage();
            throw new GoLiveException(what + " could not be read: " + why, e);
        }
    }

    private static ObjectMapper mapper() {
        SimpleModule times = new SimpleModule();
        text(times, Instant.class, Instant::parse);
        text(times, Duration.class, Duration::parse);
        return JsonMapper.builder()
                .addModule(times)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .build();
    }

    private static <V> void text(SimpleModule module, Class<V> type, Function<String, V> parse) {
        module.addSerializer(type, new JsonSerializer<V>() {
            @Override
            public void serialize(V value, JsonGenerator json, SerializerProvider provider) throws IOException {
                json.writeString(value.toString());
            }
        });
        module.addDeserializer(type, new JsonDeserializer<V>() {
            @Override
            public V deserialize(JsonParser json, DeserializationContext context) throws IOException {
                try {
                    return parse.apply(json.getText());
                } catch (RuntimeException e) {
                    throw context.weirdStringException(json.getText(), type, e.getMessage());
                }
            }
        });
        if (type == Instant.class) {
            module.addKeyDeserializer(type, new com.fasterxml.jackson.databind.KeyDeserializer() {
                @Override
                public Object deserializeKey(String key, DeserializationContext context) {
                    return Instant.parse(key);
                }
            });
        }
    }
}
