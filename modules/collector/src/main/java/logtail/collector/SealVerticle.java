package logtail.collector;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import logtail.core.store.FilledTable;
import logtail.core.store.Rotation;
import logtail.core.store.Sealer;
import logtail.runtime.bus.Addresses;
import logtail.runtime.bus.Bus;
import logtail.runtime.bus.Message.Emptied;
import logtail.runtime.bus.Message.Rotated;

/** Turns full tables into buckets beside the store: the only thread that touches the {@link Sealer}. To be deployed once, as a WORKER. */
final class SealVerticle extends VerticleBase {
    private final Sealer sealer;
    private final CurrentView view;
    private final StorePulse pulse;
    private final Addresses addresses;

    SealVerticle(Sealer sealer, CurrentView view, StorePulse pulse, Addresses addresses) {
        this.sealer = sealer;
        this.view = view;
        this.pulse = pulse;
        this.addresses = addresses;
    }

    @Override
    public Future<?> start() {
        Bus bus = Bus.of(vertx);
        bus.consume(addresses.filled(), message -> seal(bus, message.filled()));
        return Future.succeededFuture();
    }

    private void seal(Bus bus, FilledTable filled) {
        try {
            Rotation rotation = sealer.rotate(filled.table(), filled.startSeconds(), filled.catchUp());
            view.install(rotation.view());
            pulse.rotated();
            bus.publish(addresses.rotated(), new Rotated(rotation.view(), rotation.bucket()));
        } finally {
            filled.table().clear();
            bus.send(addresses.emptied(), new Emptied(filled.table()));
        }
    }
}
