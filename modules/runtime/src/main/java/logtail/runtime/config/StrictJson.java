package logtail.runtime.config;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonEOFException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Reads one JSON object: no comments, no duplicate keys, nothing behind it; errors name line and column. */
final class StrictJson {
    private final String where;
    private final JsonParser parser;

    private StrictJson(String where, JsonParser parser) {
        this.where = where;
        this.parser = parser;
    }

    /**
     * Reads the text of a file or a flag.
     *
     * @param where begins every error line
     */
    static JsonObject read(String where, byte[] text) {
        try (JsonParser parser = new JsonFactory().createParser(text)) {
            return new StrictJson(where, parser).document();
        } catch (JsonEOFException e) {
            throw at(where, e.getLocation(), "the end comes too early, a } or ] or \" is missing");
        } catch (JsonProcessingException e) {
            throw at(where, e.getLocation(), Quote.visible(e.getOriginalMessage()));
        } catch (IOException e) {
            throw ConfigException.at(where, "is not UTF-8 text");
        }
    }

    private JsonObject document() throws IOException {
        JsonToken first = parser.nextToken();
        if (first == null) {
            throw ConfigException.at(where, "is empty, a JSON object is needed");
        }
        if (first != JsonToken.START_OBJECT) {
            throw here("a JSON object is needed: {...}");
        }
        JsonObject object = object();
        if (parser.nextToken() != null) {
            throw here("something follows the JSON object");
        }
        return object;
    }

    private JsonObject object() throws IOException {
        JsonObject object = new JsonObject();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = parser.currentName();
            if (object.containsKey(key)) {
                throw here("duplicate key " + Quote.text(key));
            }
            parser.nextToken();
            object.put(key, value());
        }
        return object;
    }

    private JsonArray array() throws IOException {
        JsonArray array = new JsonArray();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            array.add(value());
        }
        return array;
    }

    private @Nullable Object value() throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object();
            case START_ARRAY -> array();
            case VALUE_STRING -> parser.getText();
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> parser.getNumberValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            default -> null;
        };
    }

    private ConfigException here(String what) {
        return at(where, parser.currentTokenLocation(), what);
    }

    private static ConfigException at(String where, @Nullable JsonLocation location, String what) {
        String place = location == null ? "" : ":" + location.getLineNr() + ":" + location.getColumnNr();
        return ConfigException.at(where + place, what);
    }
}
