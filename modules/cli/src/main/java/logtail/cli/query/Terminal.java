package logtail.cli.query;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import logtail.cli.Shell;

/** Whether somebody looks at the output, and how wide it may be. */
final class Terminal {
    private static final int COLUMNS_OTHERWISE = 80;
    private static final int COLUMNS_MIN = 20;
    private static final long STTY_MS = 500;
    private static final Path STDOUT = Path.of("/proc/self/fd/1");
    private static final Path STDERR = Path.of("/proc/self/fd/2");

    private Terminal() {}

    /** Columns of the terminal behind the output; empty when it goes elsewhere. */
    static OptionalInt columns(Shell shell) {
        if (shell.out() != System.out || !isTerminal(STDOUT)) {
            return OptionalInt.empty();
        }
        int columns = number(shell.environment().getOrDefault("COLUMNS", ""));
        if (columns == 0) {
            columns = number(stty().replaceFirst("^\\d+ ", ""));
        }
        return OptionalInt.of(columns == 0 ? COLUMNS_OTHERWISE : Math.max(columns, COLUMNS_MIN));
    }

    /** Whether somebody looks at the lines about errors. */
    static boolean isStderrTerminal() {
        return isTerminal(STDERR);
    }

    private static boolean isTerminal(Path descriptor) {
        try {
            // Exact where it exists; System.console() also wants a terminal on standard input, or, since 22, none.
            String target = Files.readSymbolicLink(descriptor).toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
        } catch (IOException | UnsupportedOperationException e) {
            return System.console() != null;
        }
    }

    private static int number(String text) {
        return text.strip().matches("[0-9]{1,5}") ? Integer.parseInt(text.strip()) : 0;
    }

    /** Rows and columns, or nothing. */
    private static String stty() {
        try {
            Process process = new ProcessBuilder("stty", "size")
                    .redirectInput(new File("/dev/tty"))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!process.waitFor(STTY_MS, TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                return "";
            }
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
        } catch (IOException e) {
            return "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        }
    }
}
