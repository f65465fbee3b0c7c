package logtail.runtime.bus;

/** A bus address and the type of every message on it. */
public record Address<T extends Message>(String name, Class<T> type) {}
