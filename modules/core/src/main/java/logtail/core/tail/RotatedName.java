package logtail.core.tail;

import java.util.ArrayList;
import java.util.List;

/** What the names of rotated and compressed log files look like. */
public final class RotatedName {
    private static final List<String> COMPRESSED = List.of(".gz", ".bz2", ".xz", ".zst", ".lz4", ".zip", ".z", ".lzma");
    private static final String SEPARATORS = ".-_";

    private RotatedName() {}

    /**
     * Whether a name is what rotation makes of another: {@code access.log.1} or {@code access.log-20261120} of
     * {@code access.log}: the name, a separator, and something with a digit.
     */
    public static boolean behind(String name, String base) {
        return name.length() > base.length() && name.startsWith(base) && separated(name, base.length(), name.length());
    }

    /** As {@link #behind}, or with the digits in front of the extension: {@code access-20261120.log}. */
    public static boolean of(String name, String base) {
        if (behind(name, base)) {
            return true;
        }
        int dot = base.lastIndexOf('.');
        if (dot <= 0) {
            return false;
        }
        int extension = base.length() - dot;
        return name.length() > base.length()
                && name.startsWith(base.substring(0, dot))
                && name.endsWith(base.substring(dot))
                && separated(name, dot, name.length() - extension);
    }

    /** The names of which this one can be what rotation made, see {@link #of}. */
    public static List<String> bases(String name) {
        List<String> bases = new ArrayList<>();
        int dot = name.lastIndexOf('.');
        for (int i = 1; i < name.length(); i++) {
            if (SEPARATORS.indexOf(name.charAt(i)) < 0) {
                continue;
            }
            if (of(name, name.substring(0, i))) {
                bases.add(name.substring(0, i));
            }
            if (i < dot && of(name, name.substring(0, i) + name.substring(dot))) {
                bases.add(name.substring(0, i) + name.substring(dot));
            }
        }
        return bases;
    }

    /** Whether the name says that the file is compressed. */
    public static boolean isCompressed(String name) {
        return COMPRESSED.stream()
                .anyMatch(end -> name.length() > end.length()
                        && name.regionMatches(true, name.length() - end.length(), end, 0, end.length()));
    }

    private static boolean separated(String name, int from, int to) {
        return SEPARATORS.indexOf(name.charAt(from)) >= 0
                && name.substring(from, to).chars().anyMatch(c -> c >= '0' && c <= '9');
    }
}
