package logtail.core.line;

import java.util.ArrayList;
import java.util.List;
import logtail.core.format.Escape;
import logtail.core.format.LogFormat;
import logtail.core.format.LogFormat.Literal;
import logtail.core.format.LogFormat.Piece;
import logtail.core.format.LogFormat.Variable;
import logtail.core.format.ValueShape;
import logtail.core.format.Variables;

/**
 * A format compiled: finds where the value of each variable begins and ends in a line. Allocates nothing. Not
 * threadsafe.
 */
/*
 * A value ends where the text behind it begins. Mostly the first occurrence of that text is the end: nginx escapes
 * quotes inside of quotes, and of what stands outside of them most values hold no blank (ValueShape). Where a value may
 * hold the text that ends it, as a user agent without quotes may, and the rest of the line does not match, the next
 * occurrence is tried, RETRIES_MAX times for a line.
 */
final class LineMatcher {
    /** How the end of a value is found. */
    private enum End {
        /** The text behind it stands at the end of the line, and so does the value's. */
        LINE,
        /** At a blank or at the end of the line. */
        LAST_WORD,
        /** The same for a list of upstream attempts. */
        LAST_LIST,
        /** The first double quote that is not escaped; the text behind the value must stand there. */
        QUOTE,
        /** The first byte of the text behind it; the rest of the text must stand there. */
        FIRST_BYTE,
        /** The first occurrence of the text behind it. */
        SEARCH,
        /** A list of upstream attempts, whose separators hold blanks and commas themselves. */
        LIST,
        /** Its length is known. */
        LOCAL_TIME,
        /** Method, URI and protocol without quotes around them. */
        REQUEST_LINE,
        /** The slash with which the next value begins. */
        SLASH
    }

    private static final int RETRIES_MAX = 32;
    private static final byte[] BLANK = {' '};
    private static final byte[] PROTOCOL = {' ', 'H', 'T', 'T', 'P', '/'};

    private final List<String> names = new ArrayList<>();
    private final byte[] lead;
    private final byte[][] behind;
    private final End[] ends;
    private final boolean[] elastic;
    private final boolean quotesEscaped;
    private final int count;
    private final int[] from;
    private final int[] to;
    private int failedAt;
    private int failedVariable;

    LineMatcher(LogFormat format) {
        List<Piece> pieces = format.pieces();
        this.lead = !pieces.isEmpty() && pieces.get(0) instanceof Literal text ? text.bytes() : new byte[0];
        List<byte[]> texts = new ArrayList<>();
        for (int i = 0; i < pieces.size(); i++) {
            if (pieces.get(i) instanceof Variable variable) {
                names.add(variable.name());
                boolean text = i + 1 < pieces.size() && pieces.get(i + 1) instanceof Literal;
                texts.add(text ? ((Literal) pieces.get(i + 1)).bytes() : new byte[0]);
            }
        }
        this.count = names.size();
        this.behind = texts.toArray(byte[][]::new);
        this.ends = new End[count];
        this.elastic = new boolean[count];
        this.quotesEscaped = format.escape() != Escape.NONE;
        this.from = new int[count];
        this.to = new int[count];
        for (int i = 0; i < count; i++) {
            ends[i] = end(format.escape(), names.get(i), behind[i], i == count - 1);
            elastic[i] = ends[i] == End.SEARCH && ValueShape.of(names.get(i)) == ValueShape.TEXT;
        }
    }

    private static End end(Escape escape, String name, byte[] text, boolean last) {
        ValueShape shape = ValueShape.of(name);
        if (text.length == 0 && last) {
            return shape == ValueShape.WORD ? End.LAST_WORD : shape == ValueShape.LIST ? End.LAST_LIST : End.LINE;
        }
        if (text.length == 0) {
            return End.SLASH;
        }
        if (text[0] == '"' && escape != Escape.NONE) {
            return End.QUOTE;
        }
        if (last && shape != ValueShape.WORD && shape != ValueShape.LIST) {
            return End.LINE;
        }
        boolean blank = text[0] == ' ';
        if (shape == ValueShape.LIST && (blank || text[0] == ',')) {
            return End.LIST;
        }
        if (blank && shape == ValueShape.LOCAL_TIME) {
            return End.LOCAL_TIME;
        }
        if (blank && name.equals(Variables.REQUEST)) {
            return End.REQUEST_LINE;
        }
        boolean word = shape == ValueShape.WORD || shape == ValueShape.PATH;
        return text.length == 1 || blank && word ? End.FIRST_BYTE : End.SEARCH;
    }

    /** The variables, in the order of the line. */
    List<String> names() {
        return names;
    }

    /** Where the value of a variable begins; after a failure, of those before {@link #failedVariable()}. */
    int from(int variable) {
        return from[variable];
    }

    int to(int variable) {
        return to[variable];
    }

    /** Where the line stopped being of this format: the furthest place that was reached. */
    int failedAt() {
        return failedAt;
    }

    /** The variable behind which it stopped; -1 in front of the first, and their number behind the last text. */
    int failedVariable() {
        return failedVariable;
    }

    /** The text that should stand in front of the first variable. */
    byte[] lead() {
        return lead;
    }

    /** The text that should stand behind a variable. */
    byte[] behind(int variable) {
        return behind[variable];
    }

    /** Whether [start, end) is a line of the format; if not, {@link #failedAt()} says where it is not. */
    boolean match(byte[] raw, int start, int end) {
        failedAt = -1;
        int same = Bytes.matches(raw, start, end, lead);
        if (same < lead.length) {
            fail(-1, start + same);
            return false;
        }
        if (count == 0) {
            return start + same == end;
        }
        from[0] = start + same;
        int retries = RETRIES_MAX;
        int i = 0;
        while (true) {
            int next = value(raw, i, end);
            if (next >= 0 && i == count - 1) {
                if (next == end) {
                    return true;
                }
                fail(count, next);
                next = -1;
            }
            if (next < 0) {
                i = retries-- > 0 ? retry(raw, i, end) : -1;
                if (i < 0) {
                    return false;
                }
                next = to[i] + behind[i].length;
            }
            i++;
            from[i] = next;
        }
    }

    /** The last value before this one that may go on behind its end, gone on to its next end; -1 when there is none. */
    private int retry(byte[] raw, int failed, int end) {
        for (int i = failed - 1; i >= 0; i--) {
            int next = elastic[i] ? Bytes.indexOf(raw, to[i] + 1, lastEnd(raw, i, end), behind[i]) : -1;
            if (next >= 0) {
                to[i] = next;
                return i;
            }
        }
        return -1;
    }

    /** Up to where the text behind a value may reach: an escaped value has no quote in it. */
    private int lastEnd(byte[] raw, int i, int end) {
        int quote = quotesEscaped ? Bytes.quote(raw, to[i], end) : -1;
        return quote < 0 ? end : Math.min(end, quote + behind[i].length);
    }

    /** Finds the end of a value; returns where the next one begins, or -1. */
    private int value(byte[] raw, int i, int end) {
        int at = from[i];
        byte[] text = behind[i];
        int found;
        switch (ends[i]) {
            case LINE:
                found = Math.max(at, end - text.length);
                break;
            case LAST_WORD, LAST_LIST:
                found = ends[i] == End.LAST_WORD ? Bytes.indexOf(raw, at, end, ' ') : listEnd(raw, at, end, BLANK);
                found = found < 0 ? end : found;
                break;
            case QUOTE:
                found = Bytes.quote(raw, at, end);
                break;
            case FIRST_BYTE:
                found = Bytes.indexOf(raw, at, end, text[0]);
                break;
            case SEARCH:
                found = Bytes.indexOf(raw, at, end, text);
                break;
            case LIST:
                found = listEnd(raw, at, end, text);
                break;
            case LOCAL_TIME:
                found = at + ValueShape.LOCAL_TIME_BYTES <= end
                        ? at + ValueShape.LOCAL_TIME_BYTES
                        : Bytes.indexOf(raw, at, end, text[0]);
                break;
            case REQUEST_LINE:
                int protocol = Bytes.indexOf(raw, at, end, PROTOCOL);
                found = Bytes.indexOf(raw, protocol < 0 ? at : protocol + 1, end, text);
                break;
            default:
                to[i] = slash(raw, i, end);
                return to[i];
        }
        if (found < 0) {
            fail(i, end);
            return -1;
        }
        int same = text.length == 1 && found < end ? 1 : Bytes.matches(raw, found, end, text);
        if (same < text.length || text.length == 1 && raw[found] != text[0]) {
            fail(i, found + (text.length == 1 ? 0 : same));
            return -1;
        }
        to[i] = found;
        return found + text.length;
    }

    private void fail(int variable, int at) {
        if (at > failedAt) {
            failedAt = at;
            failedVariable = variable;
        }
    }

    /** {@code a, b : c} ends at a blank or comma that is not part of a separator. */
    private static int listEnd(byte[] raw, int from, int end, byte[] text) {
        int at = from;
        while (true) {
            at = Bytes.indexOf(raw, at, end, text[0]);
            if (at < 0) {
                return -1;
            }
            if (text[0] == ',') {
                boolean separator = at + 1 < end && raw[at + 1] == ' ' && (text.length < 2 || text[1] != ' ');
                if (!separator) {
                    return at;
                }
                at += 2;
            } else if (at > from && raw[at - 1] == ',') {
                at++;
            } else if (at + 2 < end && raw[at + 1] == ':' && raw[at + 2] == ' ') {
                at += 3;
            } else {
                return at;
            }
        }
    }

    /** The slash of the path that follows, but not one behind the text that ends the path. */
    private int slash(byte[] raw, int i, int end) {
        byte[] stop = behind[i + 1];
        int limit = stop.length == 0 ? end : Bytes.indexOf(raw, from[i], end, stop[0]);
        limit = limit < 0 ? end : limit;
        int found = Bytes.indexOf(raw, from[i], limit, '/');
        return found < 0 ? limit : found;
    }
}
