package logtail.frontend;

import io.vertx.core.Vertx;
import logtail.frontend.view.Templates;

/** What {@code frontend-templates/} holds, read once. */
record Files(Asset stylesheet, Asset icon, Templates templates) {
    /** Reads them from the class path. Blocks. */
    static Files read(Vertx vertx) {
        Asset stylesheet = Asset.of("style.css", "text/css; charset=utf-8");
        Asset icon = Asset.of("icon.svg", "image/svg+xml");
        return new Files(stylesheet, icon, new Templates(vertx, stylesheet.fingerprint()));
    }
}
