package logtail.frontend.page;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Locale;
import logtail.core.query.TopNAnswer;
import logtail.core.query.TopNQuery;
import logtail.core.schema.Dimension;
import logtail.frontend.backend.Outcome;
import logtail.wire.TopNReply;

/** The rows as JSON (FR-6.5): the object that the command line prints per target. */
public final class RankingJson {
    private RankingJson() {}

    /** One object, the keys in the documented order, and a line end. */
    public static Buffer of(String target, TopNQuery query, Outcome<TopNReply> ranking) {
        return ranking.fold(reply -> text(object(target, query, reply)), failure -> error(target, failure.text()));
    }

    /** What takes its place when there is no answer. */
    public static Buffer error(String target, String error) {
        return text(new JsonObject().put("target", target).put("error", error));
    }

    /** Escapes what JSON lets through but a terminal might obey; all of it can only stand inside of strings. */
    private static Buffer text(JsonObject object) {
        String json = object.encode();
        StringBuilder escaped = new StringBuilder(json.length() + 16);
        for (int i = 0; i < json.length(); i++) {
            char c = json.charAt(i);
            if (c >= 0x7f && isHidden(c)) {
                escaped.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            } else {
                escaped.append(c);
            }
        }
        return Buffer.buffer(escaped.append('\n').toString());
    }

    private static boolean isHidden(char c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }

    private static JsonObject object(String target, TopNQuery query, TopNReply reply) {
        TopNAnswer answer = reply.answer();
        JsonArray groupBy = new JsonArray();
        query.groupBy().stream().map(Dimension::name).forEach(groupBy::add);
        JsonArray entries = new JsonArray();
        for (TopNAnswer.Row row : answer.rows()) {
            entries.add(new JsonObject()
                    .put("label", String.join("\t", row.labels()))
                    .put("count", row.count())
                    .put("at_most", row.atMost()));
        }
        return new JsonObject()
                .put("target", target)
                .put("source", reply.source())
                .put("window", query.window().text())
                .put("group_by", groupBy)
                .put("total", answer.total())
                .put("unknown", answer.unknown())
                .put("exact", answer.exact())
                .put("buckets", answer.buckets())
                .put("entries", entries);
    }
}
