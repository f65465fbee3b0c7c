package logtail.sources.tail;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.function.Supplier;
import java.util.logging.Logger;

/** Saves positions one at a time, away from the thread that reads files: a disk may take its time. */
final class PositionSaver {
    private static final Logger LOG = Logger.getLogger(PositionSaver.class.getPackageName());

    private final Vertx vertx;
    private final PositionFile file;
    private final Supplier<SavedPositions> positions;
    private final long aliveMs;
    private List<SavedPosition> saved = List.of();
    private long savedAtMs;
    private Future<Void> saving = Future.succeededFuture();
    private boolean failing;

    /**
     * @param positions asked on the caller's thread
     * @param aliveMs how often to save though nothing has changed, so that the next run knows how long there was none
     */
    PositionSaver(Vertx vertx, PositionFile file, Supplier<SavedPositions> positions, long aliveMs) {
        this.aliveMs = aliveMs;
        this.vertx = vertx;
        this.file = file;
        this.positions = positions;
    }

    /** Saves what has changed, unless the last save is still going on. */
    void saveIfDue() {
        if (!saving.isComplete()) {
            return;
        }
        SavedPositions now = positions.get();
        if (!now.positions().equals(saved) || now.savedAtMs() - savedAtMs >= aliveMs) {
            saving = save(now);
        }
    }

    /** Saves what is to be kept in the end. */
    Future<Void> saveLast() {
        return saving.eventually(() -> save(positions.get()));
    }

    private Future<Void> save(SavedPositions now) {
        saved = now.positions();
        savedAtMs = now.savedAtMs();
        return vertx.<Void>executeBlocking(
                        () -> {
                            file.save(now);
                            return null;
                        },
                        false)
                .onSuccess(done -> failing = false)
                .onFailure(this::failed)
                .otherwiseEmpty();
    }

    private void failed(Throwable e) {
        saved = List.of();
        if (!failing) {
            failing = true;
            LOG.warning(() -> "tail.state: cannot save positions: " + Said.reason(e) + "; trying again");
        }
    }
}
