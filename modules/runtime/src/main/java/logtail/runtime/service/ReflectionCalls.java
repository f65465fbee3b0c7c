package logtail.runtime.service;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.GenericDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.grpc.common.GrpcMessageDecoder;
import io.vertx.grpc.common.GrpcMessageEncoder;
import io.vertx.grpc.common.GrpcStatus;
import io.vertx.grpc.common.ServiceMethod;
import io.vertx.grpc.common.ServiceName;
import io.vertx.grpc.reflection.v1.ErrorResponse;
import io.vertx.grpc.reflection.v1.FileDescriptorResponse;
import io.vertx.grpc.reflection.v1.ListServiceResponse;
import io.vertx.grpc.reflection.v1.ServerReflectionRequest;
import io.vertx.grpc.reflection.v1.ServerReflectionResponse;
import io.vertx.grpc.reflection.v1.ServiceResponse;
import io.vertx.grpc.server.GrpcServer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Server reflection, so that grpcurl works without the contract at hand: v1, and v1alpha, which has the same messages.
 *
 * <p>Made here because the library's own knows v1 only and ends the stream after one question.
 */
final class ReflectionCalls {
    private static final String METHOD = "ServerReflectionInfo";
    private static final List<ServiceName> SERVICES = List.of(
            ServiceName.create("grpc.reflection.v1", "ServerReflection"),
            ServiceName.create("grpc.reflection.v1alpha", "ServerReflection"));

    private final Vertx vertx;
    private final TreeSet<String> services = new TreeSet<>();
    private final Map<String, FileDescriptor> bySymbol = new HashMap<>();
    private final Map<String, FileDescriptor> byName = new HashMap<>();

    /**
     * @param served what this port serves
     */
    ReflectionCalls(Vertx vertx, List<ServiceDescriptor> served) {
        this.vertx = vertx;
        SERVICES.forEach(service -> services.add(service.fullyQualifiedName()));
        for (ServiceDescriptor service : served) {
            services.add(service.getFullName());
            add(service.getFile());
        }
        add(ServerReflectionRequest.getDescriptor().getFile());
    }

    private void add(FileDescriptor file) {
        if (byName.put(file.getName(), file) != null) {
            return;
        }
        file.getDependencies().forEach(this::add);
        file.getMessageTypes().forEach(this::add);
        file.getEnumTypes().forEach(this::add);
        for (ServiceDescriptor service : file.getServices()) {
            addSymbol(service);
            service.getMethods().forEach(this::addSymbol);
        }
    }

    private void add(Descriptor message) {
        addSymbol(message);
        message.getFields().forEach(this::addSymbol);
        message.getNestedTypes().forEach(this::add);
        message.getEnumTypes().forEach(this::add);
    }

    private void add(EnumDescriptor type) {
        addSymbol(type);
        type.getValues().forEach(this::addSymbol);
    }

    private void addSymbol(GenericDescriptor symbol) {
        bySymbol.put(symbol.getFullName(), symbol.getFile());
    }

    void bind(GrpcServer grpc) {
        for (ServiceName service : SERVICES) {
            grpc.callHandler(
                    ServiceMethod.server(
                            service,
                            METHOD,
                            GrpcMessageEncoder.<ServerReflectionResponse>encoder(),
                            GrpcMessageDecoder.<ServerReflectionRequest>decoder(ServerReflectionRequest.newBuilder())),
                    request -> Call.receiveMany(
                            vertx,
                            request,
                            ServerReflectionRequest.parser(),
                            PortLimits.SMALL_REQUEST_BYTES,
                            this::answer));
        }
    }

    private void answer(Call call, ServerReflectionRequest question) {
        if (call.isFull()) {
            call.fail(GrpcStatus.RESOURCE_EXHAUSTED, "read the answers first");
            return;
        }
        ServerReflectionResponse.Builder answer = ServerReflectionResponse.newBuilder()
                .setValidHost(question.getHost())
                .setOriginalRequest(question);
        switch (question.getMessageRequestCase()) {
            case LIST_SERVICES -> answer.setListServicesResponse(list());
            case FILE_BY_FILENAME -> file(byName.get(question.getFileByFilename()), answer);
            case FILE_CONTAINING_SYMBOL -> file(bySymbol.get(question.getFileContainingSymbol()), answer);
            case FILE_CONTAINING_EXTENSION, ALL_EXTENSION_NUMBERS_OF_TYPE ->
                error(GrpcStatus.NOT_FOUND, "there are no extensions", answer);
            default -> error(GrpcStatus.UNIMPLEMENTED, "not such a question", answer);
        }
        call.write(Buffer.buffer(answer.build().toByteArray()));
    }

    private ListServiceResponse list() {
        ListServiceResponse.Builder list = ListServiceResponse.newBuilder();
        services.forEach(service -> list.addService(ServiceResponse.newBuilder().setName(service)));
        return list.build();
    }

    private static void file(@Nullable FileDescriptor file, ServerReflectionResponse.Builder answer) {
        if (file == null) {
            error(GrpcStatus.NOT_FOUND, "not found", answer);
        } else {
            answer.setFileDescriptorResponse(FileDescriptorResponse.newBuilder()
                    .addFileDescriptorProto(file.toProto().toByteString()));
        }
    }

    private static void error(GrpcStatus status, String message, ServerReflectionResponse.Builder answer) {
        answer.setErrorResponse(
                ErrorResponse.newBuilder().setErrorCode(status.code).setErrorMessage(message));
    }
}
