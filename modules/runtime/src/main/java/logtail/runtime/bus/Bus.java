package logtail.runtime.bus;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.MessageCodec;
import io.vertx.core.eventbus.MessageConsumer;
import java.util.function.Consumer;

/** The typed event bus of one process: the only place that knows codecs and delivery options. */
public final class Bus {
    private static final String BY_REFERENCE = "logtail";
    private static final DeliveryOptions LOCAL =
            new DeliveryOptions().setLocalOnly(true).setCodecName(BY_REFERENCE);

    private final EventBus bus;

    private Bus(EventBus bus) {
        this.bus = bus;
    }

    /** The bus of a Vert.x instance. */
    public static Bus of(Vertx vertx) {
        EventBus bus = vertx.eventBus();
        try {
            bus.registerCodec(new ByReference());
        } catch (IllegalStateException alreadyRegistered) {
            // Every service of the process asks; the first one registers.
        }
        return new Bus(bus);
    }

    /** Hands a message to one receiver; without one it is gone. */
    public <T extends Message> void send(Address<T> address, T message) {
        bus.send(address.name(), message, LOCAL);
    }

    /** Hands a message to every receiver. */
    public <T extends Message> void publish(Address<T> address, T message) {
        bus.publish(address.name(), message, LOCAL);
    }

    /** Receives on the context of the caller until unregistered. */
    public <T extends Message> MessageConsumer<T> consume(Address<T> address, Consumer<T> receiver) {
        return bus.localConsumer(address.name(), message -> receiver.accept(message.body()));
    }

    /** Hands messages over as they are; Vert.x has no such codec of its own. */
    private static final class ByReference implements MessageCodec<Message, Message> {
        @Override
        public void encodeToWire(Buffer buffer, Message message) {
            throw new UnsupportedOperationException("messages never leave the process");
        }

        @Override
        public Message decodeFromWire(int position, Buffer buffer) {
            throw new UnsupportedOperationException("messages never leave the process");
        }

        @Override
        public Message transform(Message message) {
            return message;
        }

        @Override
        public String name() {
            return BY_REFERENCE;
        }

        @Override
        public byte systemCodecID() {
            return -1;
        }
    }
}
