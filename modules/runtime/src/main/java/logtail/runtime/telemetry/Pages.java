package logtail.runtime.telemetry;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Renders pages off the event loop, one at a time. Who asks while a page of the same form is in the making gets that
 * one, so that scrapes do not multiply. To be used on one context.
 */
final class Pages {
    private record Form(PageFormat format, boolean gzip) {}

    private final Vertx vertx;
    private final Meters meters;
    private final Supplier<Future<PagePart>> parts;
    private final Map<Form, Future<Page>> inTheMaking = new HashMap<>();

    /**
     * @param parts gathers a part; asked on the same context, once per rendering
     */
    Pages(Vertx vertx, Meters meters, Supplier<Future<PagePart>> parts) {
        this.vertx = vertx;
        this.meters = meters;
        this.parts = parts;
    }

    /** A page that shows everything counted before it was asked for, or while it was made. */
    Future<Page> page(PageFormat format, boolean gzip) {
        Form form = new Form(format, gzip);
        Future<Page> shared = inTheMaking.get(form);
        if (shared != null) {
            return shared;
        }
        Future<Page> page =
                parts.get().compose(part -> vertx.executeBlocking(() -> Page.render(format, gzip, meters, part), true));
        inTheMaking.put(form, page);
        page.onComplete(made -> inTheMaking.remove(form));
        return page;
    }
}
