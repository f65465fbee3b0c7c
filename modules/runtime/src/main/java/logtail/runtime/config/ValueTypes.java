package logtail.runtime.config;

import java.math.BigInteger;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import logtail.core.format.FormatText;
import logtail.core.format.InvalidFormatException;
import org.jspecify.annotations.Nullable;

/** The kinds of values that keys have. */
final class ValueTypes {
    private static final String DURATION_RULE = "a duration such as 500ms, 5s, 1m or 1h";
    private static final String SIZE_RULE = "a size such as 64KiB or 32MiB";
    private static final String ADDRESS_RULE = "an address such as :9090, host:9090 or [::1]:9090";

    /** No log_format has a longer name. */
    private static final int FORMAT_NAME_CHARS = 255;

    private ValueTypes() {}

    /** Free text on one line, not empty, at most {@code charsMax} characters. */
    static ValueType<String> text(int charsMax) {
        return ofText(
                "TEXT", "a text of 1 to " + charsMax + " printable characters", Function.identity(), (text, rule) -> {
                    if (text.isEmpty() || text.length() > charsMax || !Quote.isPrintable(text)) {
                        throw Invalid.isNot(text, rule);
                    }
                    return text;
                });
    }

    /** A host name or IP address without a port. */
    static ValueType<String> host() {
        return ofText("HOST", "a host name or an IP address", Function.identity(), (text, rule) -> {
            if (!text.matches("[A-Za-z0-9.:%_-]{1,253}")) {
                throw Invalid.isNot(text, rule);
            }
            return text;
        });
    }

    /** A path that may be absent: empty text. */
    static ValueType<Optional<Path>> path(String label) {
        return ofText(label, "a path", path -> path.map(Path::toString).orElse(""), (text, rule) -> {
            try {
                return text.isEmpty() ? Optional.empty() : Optional.of(Path.of(text));
            } catch (InvalidPathException e) {
                throw Invalid.isNot(text, rule);
            }
        });
    }

    /** The constants of an enum, in lower case. */
    static <E extends Enum<E>> ValueType<E> choice(Class<E> type) {
        Function<E, String> name = e -> e.name().toLowerCase(Locale.ROOT);
        List<E> all = Arrays.asList(type.getEnumConstants());
        String names = all.stream().map(name).collect(Collectors.joining(" or "));
        return ofText(names.replace(" or ", "|"), names, name, (text, rule) -> all.stream()
                .filter(e -> name.apply(e).equals(text))
                .findFirst()
                .orElseThrow(() -> Invalid.isNot(text, rule)));
    }

    /** A format of log lines: its text, which is looked at here, or its name, which is looked up later. */
    static ValueType<String> logFormat() {
        String rule = "the name of a format or the text of a log_format";
        return ofText("FORMAT", rule, Function.identity(), (text, said) -> {
            if (FormatText.isFormat(text)) {
                try {
                    FormatText.parse(text);
                } catch (InvalidFormatException e) {
                    throw new Invalid(Quote.visible(e.what()));
                }
            } else if (text.isBlank() || text.length() > FORMAT_NAME_CHARS || !Quote.isPrintable(text)) {
                throw Invalid.isNot(text, said);
            }
            return text;
        });
    }

    /** Where to listen. */
    static ValueType<HostPort> address() {
        return ofText("ADDRESS", ADDRESS_RULE, HostPort::toString, (text, rule) -> HostPort.parse(text));
    }

    /** Where to listen, or nowhere: empty text. */
    static ValueType<Optional<HostPort>> addressOrNone() {
        return ofText(
                "ADDRESS",
                ADDRESS_RULE + ", or empty",
                ValueTypes::text,
                (text, rule) -> text.isEmpty() ? Optional.empty() : Optional.of(HostPort.parse(text)));
    }

    /** What to connect to, or empty text where the program knows what to take then. */
    static ValueType<Optional<HostPort>> target() {
        return ofText("ADDRESS", "an address such as localhost:9091 or [::1]:9091", ValueTypes::text, (text, rule) -> {
            if (text.isEmpty()) {
                return Optional.empty();
            }
            HostPort target = HostPort.parse(text);
            if (target.port() == 0) {
                throw Invalid.isNot(text, rule + " (port 0 cannot be connected to)");
            }
            return Optional.of(target);
        });
    }

    private static String text(Optional<HostPort> address) {
        return address.map(HostPort::toString).orElse("");
    }

    private static <T> ValueType<T> ofText(String label, String rule, Function<T, String> write, Reader<T> read) {
        return new ValueType<>(label, rule) {
            @Override
            T ofText(String text) {
                return read.read(text, rule);
            }

            @Override
            String text(T value) {
                return write.apply(value);
            }
        };
    }

    private interface Reader<T> {
        T read(String text, String rule);
    }

    /** A whole number; a number in JSON. */
    static ValueType<Integer> whole(int min, int max) {
        return new ValueType<>("N", "a whole number from " + min + " to " + max) {
            @Override
            Integer ofText(String text) {
                if (!text.matches("-?[0-9]{1,40}")) {
                    throw Invalid.isNot(text, rule());
                }
                return inRange(new BigInteger(text), min, max, Quote.text(text) + " is not " + rule());
            }

            @Override
            Integer ofJson(@Nullable Object json) {
                Optional<BigInteger> number = wholeNumber(json);
                return inRange(number.orElseThrow(() -> wrongJsonType(json)), min, max, json + " is not " + rule());
            }

            @Override
            String text(Integer value) {
                return value.toString();
            }

            @Override
            Object json(Integer value) {
                return value;
            }
        };
    }

    /** Bytes, with a unit or plain; also a number in JSON. */
    static ValueType<Integer> size(int minBytes, int maxBytes) {
        String range = "from " + Units.sizeText(minBytes) + " to " + Units.sizeText(maxBytes);
        return new ValueType<>("SIZE", SIZE_RULE) {
            @Override
            public String allowed() {
                return "size " + range;
            }

            @Override
            Integer ofText(String text) {
                BigInteger bytes = Units.bytes(text).orElseThrow(() -> Invalid.isNot(text, rule()));
                return inRange(bytes, minBytes, maxBytes, Quote.text(text) + " is not " + range);
            }

            @Override
            Integer ofJson(@Nullable Object json) {
                Optional<BigInteger> number = wholeNumber(json);
                return number.isPresent()
                        ? inRange(number.get(), minBytes, maxBytes, json + " is not " + range)
                        : super.ofJson(json);
            }

            @Override
            String text(Integer value) {
                return Units.sizeText(value);
            }
        };
    }

    /** A length of time within a range. */
    static ValueType<Duration> duration(Duration min, Duration max) {
        return new DurationType(min, max, false);
    }

    /** A length of time within a range, or 0 for off. */
    static ValueType<Duration> durationOrOff(Duration min, Duration max) {
        return new DurationType(min, max, true);
    }

    /** The length of a bucket (D15). */
    static ValueType<Duration> bucketLength() {
        return new DurationType(Duration.ofSeconds(1), Duration.ofHours(1), false) {
            @Override
            public String allowed() {
                return super.allowed() + ", whole seconds";
            }

            @Override
            Duration ofText(String text) {
                Duration length = super.ofText(text);
                if (length.toMillisPart() != 0) {
                    throw Invalid.isNot(text, "a whole number of seconds");
                }
                return length;
            }
        };
    }

    private static class DurationType extends ValueType<Duration> {
        private final Duration min;
        private final Duration max;
        private final boolean zeroIsOff;
        private final String range;

        DurationType(Duration min, Duration max, boolean zeroIsOff) {
            super("DURATION", zeroIsOff ? DURATION_RULE + ", or 0" : DURATION_RULE);
            this.min = min;
            this.max = max;
            this.zeroIsOff = zeroIsOff;
            this.range = "from " + Units.durationText(min) + " to " + Units.durationText(max);
        }

        @Override
        public String allowed() {
            return "duration " + range + (zeroIsOff ? ", or 0" : "");
        }

        @Override
        Duration ofText(String text) {
            if (zeroIsOff && text.equals("0")) {
                return Duration.ZERO;
            }
            BigInteger millis = Units.millis(text).orElseThrow(() -> Invalid.isNot(text, rule()));
            if (zeroIsOff && millis.signum() == 0) {
                return Duration.ZERO;
            }
            int value =
                    inRange(millis, (int) min.toMillis(), (int) max.toMillis(), Quote.text(text) + " is not " + range);
            return Duration.ofMillis(value);
        }

        @Override
        Duration ofJson(@Nullable Object json) {
            return Integer.valueOf(0).equals(json) && zeroIsOff ? Duration.ZERO : super.ofJson(json);
        }

        @Override
        String text(Duration value) {
            return Units.durationText(value);
        }
    }

    private static int inRange(BigInteger value, int min, int max, String otherwise) {
        if (value.compareTo(BigInteger.valueOf(min)) < 0 || value.compareTo(BigInteger.valueOf(max)) > 0) {
            throw new Invalid(otherwise);
        }
        return value.intValueExact();
    }

    private static Optional<BigInteger> wholeNumber(@Nullable Object json) {
        if (json instanceof Integer || json instanceof Long || json instanceof BigInteger) {
            return Optional.of(new BigInteger(json.toString()));
        }
        return Optional.empty();
    }
}
