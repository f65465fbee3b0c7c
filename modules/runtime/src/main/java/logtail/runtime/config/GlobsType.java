package logtail.runtime.config;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.FileSystems;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;
import logtail.core.format.WebsitePattern;
import logtail.core.text.Nearest;
import org.jspecify.annotations.Nullable;

/** Log files: globs between commas, or in JSON a list of globs and {@code {"glob":...,"format":...}}. */
final class GlobsType extends ValueType<List<LogInput>> {
    private static final String GLOB = "glob";
    private static final String FORMAT = "format";
    private static final String WEBSITE = "website";
    private static final List<String> FIELDS = List.of(GLOB, FORMAT, WEBSITE);

    private final ValueType<String> format;

    GlobsType(ValueType<String> format) {
        super("GLOB[,GLOB...]", "a list of globs");
        this.format = format;
    }

    @Override
    List<LogInput> ofText(String text) {
        List<LogInput> inputs = new ArrayList<>();
        for (String part : split(text)) {
            if (!part.isBlank()) {
                inputs.add(new LogInput(glob(part.strip()), ""));
            }
        }
        return List.copyOf(inputs);
    }

    @Override
    List<LogInput> ofJson(@Nullable Object json) {
        if (!(json instanceof JsonArray list)) {
            return super.ofJson(json);
        }
        List<LogInput> inputs = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            inputs.add(entry(i, list.getValue(i)));
        }
        return List.copyOf(inputs);
    }

    private LogInput entry(int index, @Nullable Object json) {
        String place = "entry " + (index + 1) + ": ";
        if (json instanceof String glob) {
            return new LogInput(inEntry(place, () -> glob(glob)), "");
        }
        if (!(json instanceof JsonObject entry)) {
            throw new Invalid(place + Quote.json(json) + " is not a glob or {\"glob\":..., \"format\":...}");
        }
        for (String field : entry.fieldNames()) {
            if (!FIELDS.contains(field)) {
                throw new Invalid(
                        place + "unknown key " + Quote.text(field) + Nearest.hint(field, FIELDS, Quote::text));
            }
        }
        if (!(entry.getValue(GLOB) instanceof String glob)) {
            throw new Invalid(place + "\"glob\" is missing or not a text");
        }
        return inEntry(place, () -> new LogInput(glob(glob), format(entry), website(entry)));
    }

    private String format(JsonObject entry) {
        return entry.containsKey(FORMAT) ? format.ofJson(entry.getValue(FORMAT)) : "";
    }

    private static String website(JsonObject entry) {
        Object website = entry.getValue(WEBSITE, "");
        if (!(website instanceof String pattern) || !Quote.isPrintable(pattern)) {
            throw new Invalid("\"website\": " + Quote.json(website) + " is not a pattern such as *.access.log");
        }
        try {
            return new WebsitePattern(pattern).pattern();
        } catch (IllegalArgumentException e) {
            throw new Invalid("\"website\": " + Quote.text(pattern) + " " + e.getMessage());
        }
    }

    private static <T> T inEntry(String place, Supplier<T> read) {
        try {
            return read.get();
        } catch (Invalid e) {
            throw new Invalid(place + e.what());
        }
    }

    static String glob(String text) {
        try {
            FileSystems.getDefault().getPathMatcher("glob:" + text);
        } catch (PatternSyntaxException e) {
            throw new Invalid(Quote.text(text) + " is not a glob: " + e.getDescription());
        }
        if (text.isBlank() || text.indexOf('\0') >= 0) {
            throw Invalid.isNot(text, "a glob");
        }
        return text;
    }

    /** Cuts at commas, but not at those of {@code {a,b}}. */
    static List<String> split(String text) {
        List<String> parts = new ArrayList<>();
        int from = 0;
        int depth = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '{') {
                depth++;
            } else if (c == '}') {
                depth--;
            } else if (c == ',' && depth <= 0) {
                parts.add(text.substring(from, i));
                from = i + 1;
            }
        }
        parts.add(text.substring(from));
        return parts;
    }

    @Override
    public String join(List<String> texts) {
        return String.join(",", texts);
    }

    @Override
    String text(List<LogInput> value) {
        return value.stream().map(LogInput::glob).collect(Collectors.joining(","));
    }

    @Override
    Object json(List<LogInput> value) {
        JsonArray list = new JsonArray();
        for (LogInput input : value) {
            list.add(json(input));
        }
        return list;
    }

    private static Object json(LogInput input) {
        if (input.format().isEmpty() && input.website().isEmpty()) {
            return input.glob();
        }
        JsonObject entry = new JsonObject().put(GLOB, input.glob());
        if (!input.format().isEmpty()) {
            entry.put(FORMAT, input.format());
        }
        return input.website().isEmpty() ? entry : entry.put(WEBSITE, input.website());
    }
}
