package logtail.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import logtail.verify.harness.Await;
import logtail.verify.harness.Cli;
import logtail.verify.harness.Collector;
import logtail.verify.harness.Launch;
import logtail.verify.harness.NeedsJar;
import logtail.verify.harness.Nginx;
import logtail.verify.harness.Shared;
import logtail.verify.harness.Udp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Log formats as people have them, written by a real nginx beside v2, which is the truth. */
@NeedsJar
class FormatsTest {
    private static final String COMBINED =
            "$remote_addr - $remote_user [$time_local] \"$request\" $status $body_bytes_sent"
                    + " \"$http_referer\" \"$http_user_agent\"";

    /** By name, as they stand in nginx.conf. */
    private static final Map<String, String> FORMATS = new LinkedHashMap<>();

    static {
        FORMATS.put("main", "'" + COMBINED + " \"$http_x_forwarded_for\"'");
        FORMATS.put(
                "upstreaminfo",
                "'" + COMBINED + " $request_length $request_time [$proxy_upstream_name] '\n"
                        + "'[$proxy_alternative_upstream_name] $upstream_addr $upstream_response_length '\n"
                        + "'$upstream_response_time $upstream_status $req_id'");
        FORMATS.put(
                "timed",
                "'" + COMBINED + " \"$http_x_forwarded_for\" '\n'rt=$request_time uct=\"$upstream_connect_time\" '\n"
                        + "'uht=\"$upstream_header_time\" urt=\"$upstream_response_time\"'");
        FORMATS.put(
                "timed_bare",
                "'$remote_addr [$time_local] \"$request\" $status $upstream_addr rt=$request_time'\n"
                        + "' uct=$upstream_connect_time uht=$upstream_header_time urt=$upstream_response_time'");
        FORMATS.put(
                "json",
                "escape=json '{' '\"time\":\"$time_iso8601\",\"client\":\"$remote_addr\",\"host\":\"$host\",'\n"
                        + "'\"request\":\"$request\",\"status\":$status,\"bytes\":$bytes_sent,'\n"
                        + "'\"agent\":\"$http_user_agent\",\"upstream_time\":\"$upstream_response_time\"' '}'");
        FORMATS.put(
                "json_plain",
                "'{\"client\":\"$remote_addr\",\"uri\":\"$request_uri\",\"status\":\"$status\",'\n"
                        + "'\"agent\":\"$http_user_agent\",\"upstream\":\"$upstream_status\"}'");
        FORMATS.put("vhosts", "'$host:$server_port " + COMBINED + "'");
        FORMATS.put(
                "ltsv",
                "'time:$time_local\\thost:$remote_addr\\tvhost:$http_host\\treq:$request\\tstatus:$status\\t'\n"
                        + "'size:$body_bytes_sent\\tua:$http_user_agent\\tapptime:$upstream_response_time'");
        FORMATS.put(
                "pipes",
                "'$msec|$remote_addr|$request_method|$scheme://$host$request_uri|$status|$upstream_status|$request_time'");
        FORMATS.put(
                "pairs",
                "'site=\"$server_name\" server=\"$host\" src=\"$remote_addr\" user=\"$remote_user\" '\n"
                        + "'time_local=\"$time_local\" status=\"$status\" bytes_out=\"$bytes_sent\" '\n"
                        + "'uri=\"$request_uri\" http_user_agent=\"$http_user_agent\" '\n"
                        + "'response_time=\"$upstream_response_time\" request_time=\"$request_time\"'");
    }

    private final Path folder;

    FormatsTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void everyFormatFoundInTheWildIsCountedExactly() throws IOException {
        int port = Udp.freeTcpPort();
        Map<String, Path> logs = new LinkedHashMap<>();
        FORMATS.keySet().forEach(name -> logs.put(name, folder.resolve(name + ".log")));
        logs.put("combined", folder.resolve("combined.log"));
        Path truth = folder.resolve("truth.log");
        try (Collector collector = Collector.of(collector(logs).start());
                Nginx nginx = Nginx.start(folder, servers(port, logs, truth), port)) {
            List<byte[]> requests = requests();
            requests.forEach(request -> exchange(port, request));
            List<String> lines =
                    Await.until("nginx to log every request", () -> lines(truth), now -> now.size() >= requests.size());
            assertThat(lines.stream().filter(line -> line.contains(", ")).count())
                    .isPositive();

            logs.forEach((name, log) -> {
                Await.until(name + " to be read", () -> accepted(collector, log), now -> now >= lines.size());
                assertThat(collector.rejected("file:" + log)).as(name).isZero();
                assertThat(accepted(collector, log)).as(name).isEqualTo(lines.size());
                List<Map<String, Long>> scanned = scan(log, name);
                assertThat(scanned.get(0)).as(name).isEqualTo(column(lines, 5));
                assertThat(scanned.get(1)).as(name).isEqualTo(paths(name, lines));
            });
            assertThat(collector.metrics().count("logtail_field_errors_total")).isZero();
            assertThat(nginx.read("error.log")).doesNotContain("[emerg]");
        }
    }

    /** The collector that follows each log in its own format, looked up in nginx.conf. */
    private Launch collector(Map<String, Path> logs) {
        JsonArray entries = new JsonArray();
        logs.forEach((name, log) ->
                entries.add(new JsonObject().put("glob", log.toString()).put("format", name)));
        JsonObject conf = new JsonObject()
                .put("logs", entries)
                .put("nginxConf", folder.resolve("nginx.conf").toString());
        try {
            Files.writeString(folder.resolve("nginx.conf"), formats());
            Files.writeString(folder.resolve("collector.json"), conf.encode());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Collector.launch("--conf", folder.resolve("collector.json").toString());
    }

    private static String formats() {
        StringBuilder text = new StringBuilder();
        FORMATS.forEach((name, format) -> text.append("log_format ")
                .append(name)
                .append(' ')
                .append(format)
                .append(";\n"));
        return text.toString();
    }

    private static String servers(int port, Map<String, Path> logs, Path truth) {
        int refusing = Udp.freeTcpPort();
        int answering = Udp.freeTcpPort();
        StringBuilder all = new StringBuilder();
        logs.forEach((name, log) ->
                all.append("access_log ").append(log).append(' ').append(name).append(";\n"));
        return formats()
                + """
                map $host $proxy_upstream_name { default default-web-80; }
                map $host $proxy_alternative_upstream_name { default ""; }
                map $request_id $req_id { default $request_id; }
                upstream retried { server 127.0.0.1:%d max_fails=0; server 127.0.0.1:%d max_fails=0; }
                server { listen 127.0.0.1:%d; location / { return 200 "ok\\n"; } location /busy { return 503; } }
                server { listen 127.0.0.1:%d; server_name front; access_log %s v2;
                  %s
                  location / { return 200 "ok\\n"; }
                  location /moved { return 301 /; }
                  location /gone { return 444; }
                  location /up/ { proxy_pass http://retried/; proxy_next_upstream error; }
                  location /dead/ { proxy_pass http://127.0.0.1:%d; }
                  location /again/ { proxy_pass http://retried/; error_page 502 503 = /up/x; proxy_intercept_errors on; }
                }
                """
                        .formatted(refusing, answering, answering, port, truth, all, refusing);
    }

    /** None in the absolute form, or refused for more than its line: there $request and $request_uri differ. */
    private static List<byte[]> requests() {
        List<byte[]> requests = new ArrayList<>();
        List<String> targets = List.of(
                "/",
                "/?a=b",
                "/a/b?c?d",
                "/a\"b",
                "/a\\b\\",
                "/a%22b%0a",
                "//two",
                "/\u00e4\u00ff",
                "/moved",
                "/gone",
                "/up/1",
                "/up/2",
                "/up/busy",
                "/dead/x",
                "/again/busy");
        for (int i = 0; i < 5; i++) {
            for (String target : targets) {
                requests.add(get(target, "curl/7." + i));
                requests.add(get(target, "Mozilla \"quoted\" [x] | y, z : \\ \" 200 5 \"-\" \"-\""));
            }
        }
        requests.add(bytes("GET / HTTP/1.0\r\n\r\n"));
        requests.add(bytes("GET / HTTP/1.1\r\n\r\n"));
        requests.add(bytes("HELLO\r\n\r\n"));
        requests.add(bytes("\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003\r\n\r\n"));
        requests.add(bytes("HEAD /head HTTP/1.1\r\nHost: odd.test\r\nConnection: close\r\n\r\n"));
        return requests;
    }

    private static byte[] get(String target, String agent) {
        return bytes("GET " + target + " HTTP/1.1\r\nHost: www.example.org\r\nUser-Agent: " + agent
                + "\r\nConnection: close\r\n\r\n");
    }

    private static byte[] bytes(String latin1) {
        return latin1.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static void exchange(int port, byte[] request) {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request);
            InputStream in = socket.getInputStream();
            in.readAllBytes();
        } catch (IOException e) {
            // 444 closes without an answer, which is an answer too.
        }
    }

    private static List<String> lines(Path log) {
        try {
            return Files.exists(log)
                    ? Files.readString(log, StandardCharsets.ISO_8859_1).lines().toList()
                    : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long accepted(Collector collector, Path log) {
        return collector.metrics().count("logtail_lines_total", "input", "file:" + log);
    }

    private static Map<String, Long> column(List<String> lines, int field) {
        Map<String, Long> counts = new TreeMap<>();
        lines.forEach(line -> counts.merge(line.split("\t", -1)[field], 1L, Long::sum));
        return counts;
    }

    /** Paths as the format logs them: JSON has escapes of its own, and no dash for what is missing. */
    private static Map<String, Long> paths(String format, List<String> lines) {
        Map<String, Long> counts = new TreeMap<>();
        for (String line : lines) {
            String path = line.split("\t", -1)[4].replaceFirst("\\?.*", "");
            if (format.equals("pipes") && !path.startsWith("/")) {
                path = "";
            } else if (format.equals("json")) {
                path = unescaped(path);
            }
            counts.merge(path, 1L, Long::sum);
        }
        return counts;
    }

    /** What nginx escapes for v2, as it leaves it between the quotes of JSON; bytes that are no UTF-8 are replaced. */
    private static String unescaped(String path) {
        return path.replace("\\x22", "\"").replace("\\x5C", "\\").replaceAll("(\\\\x[0-9A-F]{2})", "\uFFFD");
    }

    /** The counts by status, then those by path, of one pass. */
    private List<Map<String, Long>> scan(Path log, String format) {
        Launch.Finished finished = Cli.run(
                "scan",
                "--json",
                "--nginx-conf",
                folder.resolve("nginx.conf").toString(),
                "--log-format",
                format,
                "--group-by",
                "status",
                "--group-by",
                "uri",
                "-n",
                "1000",
                log.toString());
        assertThat(finished.exitCode()).as(finished.everything()).isZero();
        JsonObject answer = new JsonObject(String.join("\n", finished.stdout()));
        assertThat(answer.getJsonObject("rejected").getLong("fields")).isZero();
        JsonArray results = answer.getJsonArray("results");
        return List.of(counts(results.getJsonObject(0)), counts(results.getJsonObject(1)));
    }

    private static Map<String, Long> counts(JsonObject result) {
        Map<String, Long> counts = new TreeMap<>();
        JsonArray entries = result.getJsonArray("entries");
        for (int i = 0; i < entries.size(); i++) {
            JsonObject entry = entries.getJsonObject(i);
            counts.put(entry.getString("label"), entry.getLong("count"));
        }
        return counts;
    }

    /** Purpose of it all: stock nginx, a wrong format, and somebody who looks at the log for a second. */
    @Test
    void wrongFormatIsNamedByTheLogAndByAMetric() throws IOException {
        Path log = folder.resolve("access.log");
        try (Collector collector = Collector.start("--logs", log.toString())) {
            Files.writeString(
                    log, "192.0.2.1 - - [20/Nov/2026:08:59:41 +0000] \"GET / HTTP/1.1\" 200 6 \"-\" \"-\"\n".repeat(3));
            Await.until("the lines to be rejected", () -> collector.rejected("file:" + log), now -> now == 3);
            Await.until(
                    "the log to say so",
                    () -> String.join("\n", collector.process().stdout()),
                    said -> said.contains("this is a line of the format combined"));
        }
    }

    /** The website of stock logs is the name of the file, where that says it. */
    @Test
    void filesOfOneGlobHaveWebsitesOfTheirOwn() throws IOException {
        JsonObject entry = new JsonObject()
                .put("glob", folder + "/*.access.log")
                .put("format", "combined")
                .put("website", "*.access.log");
        Path conf = folder.resolve("collector.json");
        Files.writeString(
                conf, new JsonObject().put("logs", new JsonArray().add(entry)).encode());
        String line = "192.0.2.1 - - [20/Nov/2026:08:59:41 +0000] \"GET / HTTP/1.1\" 200 6 \"-\" \"-\"\n";
        try (Collector collector = Collector.start("--conf", conf.toString())) {
            Files.writeString(folder.resolve("a.example.access.log"), line.repeat(3));
            Files.writeString(folder.resolve("b.example.access.log"), line.repeat(2));
            Cli.TopN answer = Await.until(
                    "both files to be counted",
                    () -> collector.topn("--group-by", "website", "--window", "60m"),
                    now -> now.total() >= 5);
            assertThat(answer.counts()).isEqualTo(Map.of("a.example", 3L, "b.example", 2L));
        }
    }

    /** The real log of combined lines, against the answers for the same lines of v2. */
    @Test
    void realLogInCombined_hasTheStatusesOfTheSameLinesOfV2() {
        Path log = Shared.file("data/access/combined.log");
        Launch.Finished finished = Cli.run(
                "scan", "--json", "--log-format", "combined", "--group-by", "status", "-n", "100", log.toString());
        JsonObject answer = new JsonObject(String.join("\n", finished.stdout()));
        assertThat(answer.getLong("parsed")).isEqualTo(12_263);
        assertThat(answer.getJsonObject("rejected").getLong("fields")).isEqualTo(93);
        Launch.Finished explained = Cli.run("explain", "--log-format", "combined", "--rejected", log.toString());
        assertThat(explained.exitCode()).isEqualTo(1);
        assertThat(explained.stdout().get(explained.stdout().size() - 1))
                .isEqualTo("12263 accepted, 93 rejected (fields 93)");
    }
}
