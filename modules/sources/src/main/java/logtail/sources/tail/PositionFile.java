package logtail.sources.tail;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Logger;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The file in {@code tail.state} that keeps positions over a restart.
 *
 * <p>It holds positions of lines that were counted, never more, and is replaced as a whole: whenever the collector is
 * killed, the next one reads on at or before the first line that was not counted. So no line is lost that still
 * stands in a file, and those counted since the last save, at most about a second's, count twice.
 */
/*
 *   logtail-positions 1
 *   saved TAB milliseconds
 *   glob TAB text                        one per input
 *   file TAB number of its glob TAB followed TAB device TAB inode TAB offset TAB first bytes TAB their checksum
 *        TAB time of the directory TAB path TAB real path
 *   end TAB checksum of all before
 *
 * Backslash, TAB and LF in texts are written \\, \t and \n.
 */
final class PositionFile {
    private static final String NAME = "positions";
    private static final String HEADER = "logtail-positions 1";
    private static final Logger LOG = Logger.getLogger(PositionFile.class.getPackageName());

    private final Path file;
    private final Path temporary;

    /**
     * @param directory made if it is not there
     * @throws IOException when it cannot be made or written to
     */
    PositionFile(Path directory) throws IOException {
        Files.createDirectories(directory);
        this.file = directory.resolve(NAME);
        this.temporary = directory.resolve(NAME + ".tmp");
        Files.deleteIfExists(temporary);
        Files.createFile(temporary);
    }

    /** Replaces what was saved before; once it returns, it survives a crash of the machine. */
    void save(SavedPositions positions) throws IOException {
        byte[] text = format(positions).getBytes(StandardCharsets.UTF_8);
        try (FileChannel channel = FileChannel.open(
                temporary, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            ByteBuffer buffer = ByteBuffer.wrap(text);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            channel.force(true);
        }
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** What was saved last; null when there is nothing, or when it is damaged, which is said. */
    @Nullable
    SavedPositions load() throws IOException {
        String text;
        try {
            text = Files.readString(file);
        } catch (NoSuchFileException firstRun) {
            return null;
        }
        try {
            return parse(text);
        } catch (IllegalArgumentException | IndexOutOfBoundsException damaged) {
            LOG.warning(
                    () -> "tail: " + Said.path(file) + " is damaged and is not used: files are read from their end");
            return null;
        }
    }

    // ---- format -----------------------------------------------------------------------------------------------

    private static String format(SavedPositions positions) {
        StringBuilder text = new StringBuilder(HEADER).append('\n');
        line(text, "saved", positions.savedAtMs());
        positions.globs().forEach(glob -> line(text, "glob", escape(glob)));
        for (SavedPosition position : positions.positions()) {
            line(
                    text,
                    "file",
                    positions.globs().indexOf(position.glob()),
                    position.followed(),
                    position.id().device(),
                    position.id().inode(),
                    position.offset(),
                    position.headBytes(),
                    Integer.toHexString(position.headSum()),
                    position.leadsSinceNs(),
                    escape(position.path().toString()),
                    escape(position.real().toString()));
        }
        line(text, "end", sum(text));
        return text.toString();
    }

    private static void line(StringBuilder to, String kind, Object... fields) {
        to.append(kind);
        for (Object field : fields) {
            to.append('\t').append(field);
        }
        to.append('\n');
    }

    private static SavedPositions parse(String text) {
        int end = text.lastIndexOf("end\t");
        if (!text.startsWith(HEADER + "\n")
                || !text.substring(end).equals("end\t" + sum(text.substring(0, end)) + "\n")) {
            throw new IllegalArgumentException("not whole");
        }
        long savedAtMs = 0;
        List<String> globs = new ArrayList<>();
        List<SavedPosition> positions = new ArrayList<>();
        for (String line : text.substring(HEADER.length() + 1, end).split("\n")) {
            String[] fields = line.split("\t", -1);
            switch (fields[0]) {
                case "saved":
                    savedAtMs = Long.parseLong(fields[1]);
                    break;
                case "glob":
                    globs.add(unescape(fields[1]));
                    break;
                default:
                    positions.add(position(fields, globs));
            }
        }
        return new SavedPositions(savedAtMs, globs, positions);
    }

    private static SavedPosition position(String[] fields, List<String> globs) {
        return new SavedPosition(
                globs.get(Integer.parseInt(fields[1])),
                Path.of(unescape(fields[9])),
                Path.of(unescape(fields[10])),
                Boolean.parseBoolean(fields[2]),
                new FileId(Long.parseLong(fields[3]), Long.parseLong(fields[4])),
                Long.parseLong(fields[5]),
                Integer.parseInt(fields[6]),
                Integer.parseUnsignedInt(fields[7], 16),
                Long.parseLong(fields[8]));
    }

    private static String sum(CharSequence text) {
        CRC32C crc = new CRC32C();
        crc.update(text.toString().getBytes(StandardCharsets.UTF_8));
        return Long.toHexString(crc.getValue());
    }

    private static String escape(String text) {
        return text.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n");
    }

    private static String unescape(String text) {
        StringBuilder plain = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\') {
                char escaped = text.charAt(++i);
                c = escaped == 't' ? '\t' : escaped == 'n' ? '\n' : escaped;
            }
            plain.append(c);
        }
        return plain.toString();
    }
}
