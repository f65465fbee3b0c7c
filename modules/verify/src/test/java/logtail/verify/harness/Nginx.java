package logtail.verify.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A real nginx in a folder of its own, in the foreground. */
public final class Nginx implements AutoCloseable {
    private static final String V2_FIELDS =
            """
            'v2\\t$host\\t$remote_addr\\t$request_method\\t$request_uri\\t$status\\t'
            '$bytes_sent\\t$request_length\\t$request_time\\t$upstream_response_time\\t$upstream_status\\t'
            '$is_tor\\t$asn\\t$ipng_source_tag\\t$server_addr\\t$scheme';
            """;

    /** The formats of the guide, the second one also with nginx's two other ways to escape. */
    private static final String FORMATS =
            """
            geo $remote_addr $is_tor { default 0; 198.51.100.0/24 1; }
            geo $remote_addr $asn { default 0; 127.0.0.0/8 64512; 192.0.2.0/24 64496; }
            map $http_x_tag $ipng_source_tag { default $http_x_tag; "" direct; }
            log_format v1
            'v1\\t$host\\t$remote_addr\\t$request_method\\t$request_uri\\t$status\\t'
            '$body_bytes_sent\\t$request_time\\t$is_tor\\t$asn\\t$ipng_source_tag\\t$server_addr\\t$scheme';
            """
                    + "log_format v2\n" + V2_FIELDS + "log_format v2_none escape=none\n" + V2_FIELDS
                    + "log_format v2_json escape=json\n" + V2_FIELDS;

    private final Process process;
    private final Path folder;

    private Nginx(Process process, Path folder) {
        this.process = process;
        this.folder = folder;
    }

    /**
     * Starts it and waits until it accepts.
     *
     * @param folder where it keeps everything
     * @param servers the rest of the http block; the log formats v1, v2, v2_none and v2_json are defined
     * @param port one that the servers listen on
     */
    public static Nginx start(Path folder, String servers, int port) {
        Tools.require("nginx");
        try {
            Files.createDirectories(folder.resolve("tmp"));
            Files.writeString(folder.resolve("nginx.conf"), configuration(folder, servers));
            Process process = new ProcessBuilder(
                            Tools.path("nginx"), "-p", folder + "/", "-c", "nginx.conf", "-e", "error.log")
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("nginx.out").toFile())
                    .start();
            Nginx nginx = new Nginx(process, folder);
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
            Await.until("nginx to accept on " + port, () -> nginx.accepts(port));
            return nginx;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String configuration(Path folder, String servers) {
        return """
                daemon off;
                pid nginx.pid;
                error_log error.log warn;
                worker_processes 2;
                %s
                events { worker_connections 512; }
                http {
                client_body_temp_path tmp/b; proxy_temp_path tmp/p; fastcgi_temp_path tmp/f;
                uwsgi_temp_path tmp/u; scgi_temp_path tmp/s;
                keepalive_requests 1000000;
                large_client_header_buffers 4 32k;
                default_type text/plain;
                access_log off;
                %s
                %s
                }
                """
                .formatted(isRoot(folder) ? "user root;" : "", FORMATS, servers);
    }

    /** As root its workers would change to a user that may not enter a test's folder. */
    private static boolean isRoot(Path folder) {
        try {
            return Files.getOwner(folder).getName().equals("root");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean accepts(int port) {
        if (!process.isAlive()) {
            throw new AssertionError("nginx ended: " + read("nginx.out") + read("error.log"));
        }
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", port), 1000);
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }

    /** The text of a file in its folder. */
    public String read(String name) {
        try {
            return Files.exists(folder.resolve(name)) ? Files.readString(folder.resolve(name)) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The file that holds the id to send USR1 to. */
    public Path pidFile() {
        return folder.resolve("nginx.pid");
    }

    /** Makes it open its logs anew. */
    public void reopen() {
        Tools.run(List.of("kill", "-USR1", Long.toString(process.pid()))).ok();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
