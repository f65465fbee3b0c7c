package logtail.core.time;

import java.util.Arrays;
import java.util.Optional;

/** How far back a question reaches, in complete buckets (FR-3.2, D16). */
public enum Window {
    W1M("1m", 0, false, 1),
    W5M("5m", 1, false, 5),
    W15M("15m", 2, false, 15),
    W60M("60m", 3, false, 60),
    W6H("6h", 4, true, 72),
    W24H("24h", 5, true, 288);

    private final String text;
    private final int number;
    private final boolean coarse;
    private final int buckets;

    Window(String text, int number, boolean coarse, int buckets) {
        this.text = text;
        this.number = number;
        this.coarse = coarse;
        this.buckets = buckets;
    }

    /** As written in flags and URLs. */
    public String text() {
        return text;
    }

    /** Its value in the wire enum {@code Window}. */
    public int number() {
        return number;
    }

    /** Whether the coarse ring answers. */
    public boolean coarse() {
        return coarse;
    }

    public int buckets() {
        return buckets;
    }

    public static Optional<Window> of(String text) {
        return Arrays.stream(values()).filter(w -> w.text.equals(text)).findFirst();
    }

    public static Optional<Window> ofNumber(int number) {
        return Arrays.stream(values()).filter(w -> w.number == number).findFirst();
    }
}
