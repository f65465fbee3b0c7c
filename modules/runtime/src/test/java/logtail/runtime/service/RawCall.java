package logtail.runtime.service;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;
import logtail.runtime.config.HostPort;
import org.jspecify.annotations.Nullable;

/** A call byte by byte, as no proper client would make it. */
final class RawCall {
    private final HttpClient client;
    private final RequestOptions options;
    private Buffer body = Buffer.buffer();

    /** What came back; the gRPC parts are null when there are none. */
    record Outcome(int http, @Nullable String status, @Nullable String message, Buffer body) {}

    RawCall(Vertx vertx, HostPort peer, String path) {
        client = vertx.createHttpClient(
                new HttpClientOptions().setProtocolVersion(HttpVersion.HTTP_2).setHttp2ClearTextUpgrade(false));
        options = new RequestOptions()
                .setHost(peer.host())
                .setPort(peer.port())
                .setMethod(HttpMethod.POST)
                .setURI(path)
                .putHeader("content-type", "application/grpc")
                .putHeader("te", "trailers");
    }

    RawCall header(String name, String value) {
        options.putHeader(name, value);
        return this;
    }

    /** Appends a message with its frame. */
    RawCall message(byte[] bytes) {
        return frame(0, bytes.length, bytes);
    }

    RawCall compressed(byte[] bytes) {
        byte[] zipped = gzip(bytes);
        return frame(1, zipped.length, zipped);
    }

    RawCall frame(int flag, int length, byte[] bytes) {
        body.appendByte((byte) flag).appendInt(length).appendBytes(bytes);
        return this;
    }

    static byte[] gzip(byte[] bytes) {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(zipped)) {
            out.write(bytes);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return zipped.toByteArray();
    }

    /** Sends it and waits for everything. */
    Outcome send() {
        return client.request(options)
                .compose(this::send)
                .compose(response -> response.body().map(bytes -> outcome(response, bytes)))
                .await();
    }

    private Future<HttpClientResponse> send(HttpClientRequest request) {
        return request.exceptionHandler(lost -> {}).send(body);
    }

    /** Sends it and leaves the answer unread. */
    Future<HttpClientResponse> open() {
        return client.request(options).compose(this::send).onSuccess(response -> response.pause()
                .exceptionHandler(lost -> {}));
    }

    static Outcome outcome(HttpClientResponse response, Buffer body) {
        MultiMap headers = response.headers();
        MultiMap from = headers.contains("grpc-status") ? headers : response.trailers();
        return new Outcome(response.statusCode(), from.get("grpc-status"), decoded(from.get("grpc-message")), body);
    }

    private static @Nullable String decoded(@Nullable String message) {
        return message == null ? null : URLDecoder.decode(message.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
