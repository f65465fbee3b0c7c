package logtail.frontend;

import io.vertx.ext.web.MIMEHeader;
import io.vertx.ext.web.RoutingContext;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** In which form a page is wanted, by the request's {@code Accept}. */
enum Media {
    HTML("text/html"),
    TEXT("text/plain"),
    JSON("application/json");

    private final String name;

    Media(String name) {
        this.name = name;
    }

    /** As in {@code Content-Type}. */
    String type() {
        return this == JSON ? name : name + "; charset=utf-8";
    }

    /** The one that is liked best among those that are named; HTML when none is, as by a browser or plain curl. */
    static Media of(RoutingContext context) {
        // Sorted by weight, then as sent.
        List<MIMEHeader> accepted = context.parsedHeaders().accept();
        return accepted.stream()
                .filter(range -> range.weight() > 0)
                .map(range -> range.component() + "/" + range.subComponent())
                .flatMap(name -> named(name).stream())
                .findFirst()
                .orElse(HTML);
    }

    private static Optional<Media> named(String name) {
        return Arrays.stream(values()).filter(media -> media.name.equals(name)).findFirst();
    }
}
