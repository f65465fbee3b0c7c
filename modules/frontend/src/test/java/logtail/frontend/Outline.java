package logtail.frontend;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a page consists of, without how it looks: one line per block, links as {@code [text -> href]}. Refuses HTML that
 * is not well nested, so that data that breaks out of its place is seen.
 */
public final class Outline {
    private static final Pattern TOKEN = Pattern.compile(
            "<(?<close>/?)(?<name>[a-zA-Z][^\\s>/]*)(?<attributes>(?:[^>\"]|\"[^\"]*\")*)>|(?<text>[^<]+)|(?<odd><)");
    private static final Pattern ATTRIBUTE = Pattern.compile("\\s+([^\\s=\"]+)(?:=\"([^\"]*)\")?");
    private static final Set<String> VOID = Set.of("meta", "link", "input", "rect", "path", "!doctype");
    private static final Set<String> BLOCKS = Set.of(
            "title",
            "p",
            "h1",
            "h2",
            "li",
            "tr",
            "caption",
            "div",
            "figcaption",
            "pre",
            "section",
            "form",
            "table",
            "header",
            "main",
            "footer");
    private static final Map<String, String> ENTITIES =
            Map.of("&lt;", "<", "&gt;", ">", "&quot;", "\"", "&#39;", "'", "&amp;", "&");

    private final StringBuilder text = new StringBuilder();
    private final Set<String> tags = new TreeSet<>();
    private final Set<String> attributes = new TreeSet<>();
    private final Deque<String> open = new ArrayDeque<>();
    private final Deque<String> hrefs = new ArrayDeque<>();

    private Outline() {}

    public static Outline of(String html) {
        Outline outline = new Outline();
        Matcher token = TOKEN.matcher(html.replaceFirst("<!doctype html>", ""));
        int end = 0;
        while (token.find()) {
            if (token.start() != end || token.group("odd") != null) {
                throw new AssertionError("no HTML at: " + html.substring(end, Math.min(html.length(), end + 80)));
            }
            end = token.end();
            outline.token(token);
        }
        if (!outline.open.isEmpty()) {
            throw new AssertionError("never closed: " + outline.open);
        }
        return outline;
    }

    /** Names of all elements. */
    public Set<String> tags() {
        return tags;
    }

    /** Names of all attributes. */
    public Set<String> attributes() {
        return attributes;
    }

    public List<String> lines() {
        return text.toString()
                .lines()
                .map(line -> line.replaceAll("[ \\t]+", " ").strip())
                .filter(line -> !line.isEmpty())
                .toList();
    }

    private void token(Matcher token) {
        if (token.group("text") != null) {
            text.append(decoded(token.group("text")).replace("\n", open.contains("pre") ? "\n" : " "));
        } else if (token.group("close").isEmpty()) {
            open(token.group("name"), token.group("attributes"));
        } else {
            close(token.group("name"));
        }
    }

    private void open(String name, String written) {
        tags.add(name);
        String href = "";
        String described = "";
        Matcher attribute = ATTRIBUTE.matcher(written);
        while (attribute.find()) {
            attributes.add(attribute.group(1));
            String value = attribute.group(2) == null ? "" : decoded(attribute.group(2));
            if (attribute.group(1).equals("href")) {
                href = value;
            } else if (Set.of("name", "value", "content").contains(attribute.group(1))) {
                described += " " + value;
            }
        }
        if (BLOCKS.contains(name)) {
            text.append('\n');
        }
        switch (name) {
            case "a" -> {
                text.append('[');
                hrefs.push(href);
            }
            case "td", "th" -> text.append("| ");
            case "input", "meta" ->
                text.append('\n').append(name).append(described).append('\n');
            default -> {}
        }
        if (!VOID.contains(name)) {
            open.push(name);
        }
    }

    private void close(String name) {
        if (open.isEmpty() || !open.pop().equals(name)) {
            throw new AssertionError("</" + name + "> closes something else");
        }
        if (name.equals("a")) {
            text.append(" -> ").append(hrefs.pop()).append(']');
        }
        text.append(BLOCKS.contains(name) ? '\n' : ' ');
    }

    private static String decoded(String escaped) {
        Matcher entity = Pattern.compile("&[^;\\s]*;?").matcher(escaped);
        return entity.replaceAll(found -> {
            String character = ENTITIES.get(found.group());
            if (character == null) {
                throw new AssertionError("not escaped: " + found.group() + " in " + escaped);
            }
            return Matcher.quoteReplacement(character);
        });
    }
}
