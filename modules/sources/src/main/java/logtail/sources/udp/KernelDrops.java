package logtail.sources.udp;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Datagrams that the kernel dropped because our socket's buffer was full, from {@code /proc/net/udp} and {@code udp6}
 * (D32). Where there is no such file it stays 0.
 *
 * <p>Reads files: not for an event loop. Not threadsafe.
 */
final class KernelDrops {
    private static final int LOCAL_ADDRESS = 1;
    private static final int INODE = 9;
    private static final int DROPS = 12;

    private final Path proc;
    private final String port;
    private final Set<String> sockets;
    private long before;
    private long last;

    /**
     * @param proc {@code /proc}
     * @param port the local port of a socket that this process has open
     */
    KernelDrops(Path proc, int port) {
        this.proc = proc;
        this.port = String.format(Locale.ROOT, ":%04X", port);
        this.sockets = ownSockets();
    }

    /** The sockets of this process, by inode: another one may use the same port on another address. */
    private Set<String> ownSockets() {
        Set<String> inodes = new HashSet<>();
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(proc.resolve("self/fd"))) {
            for (Path descriptor : descriptors) {
                addSocket(descriptor, inodes);
            }
        } catch (IOException noProc) {
            // Then the port alone has to tell.
        }
        return inodes;
    }

    private static void addSocket(Path descriptor, Set<String> inodes) {
        try {
            String target = Files.readSymbolicLink(descriptor).toString();
            if (target.startsWith("socket:[") && target.endsWith("]")) {
                inodes.add(target.substring("socket:[".length(), target.length() - 1));
            }
        } catch (IOException closedMeanwhile) {
            // Not ours, then.
        }
    }

    /** All drops so far; never falls, also when the kernel's counter starts again. */
    long total() {
        long now = 0;
        for (String[] socket : sockets()) {
            now += Long.parseLong(socket[DROPS]);
        }
        if (now < last) {
            before += last;
        }
        last = now;
        return before + now;
    }

    private List<String[]> sockets() {
        List<String[]> onPort = new ArrayList<>();
        List<String[]> ours = new ArrayList<>();
        for (String table : List.of("net/udp", "net/udp6")) {
            for (String line : lines(proc.resolve(table))) {
                String[] fields = line.strip().split("\\s+");
                if (fields.length > DROPS && fields[LOCAL_ADDRESS].endsWith(port)) {
                    (sockets.contains(fields[INODE]) ? ours : onPort).add(fields);
                }
            }
        }
        return ours.isEmpty() && sockets.isEmpty() ? onPort : ours;
    }

    private static List<String> lines(Path table) {
        try {
            return Files.readAllLines(table);
        } catch (IOException noTable) {
            return List.of();
        }
    }
}
