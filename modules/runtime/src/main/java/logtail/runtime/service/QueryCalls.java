package logtail.runtime.service;

import com.google.protobuf.MessageLite;
import io.vertx.grpc.common.GrpcStatus;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import logtail.core.query.CancelledQueryException;
import logtail.core.query.Filter;
import logtail.core.query.InvalidQueryException;
import logtail.core.query.Queries;
import logtail.core.query.Term;
import logtail.core.query.TopNQuery;
import logtail.core.query.TrendQuery;
import logtail.core.store.View;
import logtail.runtime.config.QueryLimits;
import logtail.wire.QueryMapping;
import logtail.wire.proto.TopNRequest;
import logtail.wire.proto.TrendRequest;

/** TopN and Trend: worked out on a few threads, from the view of the moment (FR-5.5, D29). */
final class QueryCalls {
    private final NodeView node;
    private final QueryMapping mapping;
    private final QueryLimits limits;
    private final ServiceEvents events;
    private final WorkQueue workers;

    QueryCalls(NodeView node, QueryMapping mapping, QueryLimits limits, ServiceEvents events, WorkQueue workers) {
        this.node = node;
        this.mapping = mapping;
        this.limits = limits;
        this.events = events;
        this.workers = workers;
    }

    void topN(Call call, TopNRequest message) {
        answer("TopN", call, () -> {
            TopNQuery asked = mapping.query(message);
            check(asked.filter());
            TopNQuery query =
                    new TopNQuery(asked.filter(), asked.groupBy(), Math.min(asked.n(), limits.n()), asked.window());
            String source = node.source().get();
            View view = node.view().get();
            return message.getOverview()
                    ? mapping.message(
                            source,
                            Queries.overview(view, query, call::cancelled),
                            node.status().get().loss())
                    : mapping.message(source, Queries.topN(view, query, call::cancelled));
        });
    }

    void trend(Call call, TrendRequest message) {
        answer("Trend", call, () -> {
            TrendQuery query = mapping.query(message);
            check(query.filter());
            return mapping.message(
                    node.source().get(), Queries.trend(node.view().get(), query, call::cancelled));
        });
    }

    private void check(Filter filter) {
        for (Term term : filter.terms()) {
            if (term.op().isRegex() && term.operand().getBytes(StandardCharsets.UTF_8).length > limits.regexBytes()) {
                throw new InvalidQueryException(
                        term.dimension().name() + ": a regex has at most " + limits.regexBytes() + " bytes");
            }
        }
    }

    private void answer(String rpc, Call call, Supplier<MessageLite> work) {
        long startNanos = System.nanoTime();
        workers.run(() -> {
                    if (call.cancelled()) {
                        throw new CancelledQueryException();
                    }
                    return encode(work.get());
                })
                .onComplete(done -> {
                    GrpcStatus status = done.succeeded() ? GrpcStatus.OK : status(rpc, done.cause());
                    if (call.cancelled()) {
                        status = GrpcStatus.CANCELLED;
                    } else if (done.succeeded()) {
                        call.answer(done.result());
                    } else {
                        call.fail(status, message(done.cause()));
                    }
                    events.queryFinished(rpc, status, System.nanoTime() - startNanos);
                });
    }

    private byte[] encode(MessageLite answer) {
        int bytes = answer.getSerializedSize();
        if (bytes > limits.messageBytes()) {
            throw new AnswerTooLongException("the answer has " + bytes + " bytes, more than limits.messageBytes");
        }
        return answer.toByteArray();
    }

    private GrpcStatus status(String rpc, Throwable cause) {
        if (cause instanceof InvalidQueryException) {
            return GrpcStatus.INVALID_ARGUMENT;
        }
        if (cause instanceof CancelledQueryException) {
            return GrpcStatus.CANCELLED;
        }
        if (cause instanceof WorkQueue.FullException || cause instanceof AnswerTooLongException) {
            return GrpcStatus.RESOURCE_EXHAUSTED;
        }
        events.failed(rpc, cause);
        return GrpcStatus.INTERNAL;
    }

    /** Only what was written for the caller; of anything else it learns nothing. */
    private static String message(Throwable cause) {
        if (cause instanceof InvalidQueryException || cause instanceof AnswerTooLongException) {
            return String.valueOf(cause.getMessage());
        }
        return cause instanceof WorkQueue.FullException ? "too many queries at a time" : "";
    }

    private static final class AnswerTooLongException extends RuntimeException {
        private static final long serialVersionUID = 1;

        AnswerTooLongException(String message) {
            super(message);
        }
    }
}
