package logtail.wire;

import static logtail.wire.TestView.row;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Label;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Type;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.OneofDescriptorProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import java.util.List;
import logtail.core.query.Filter;
import logtail.core.query.Term;
import logtail.core.query.TopNAnswer;
import logtail.core.query.TopNQuery;
import logtail.core.query.TrendAnswer;
import logtail.core.schema.FilterOp;
import logtail.core.schema.Schema;
import logtail.core.time.Window;
import logtail.wire.proto.TopNRequest;
import logtail.wire.proto.TopNResponse;
import logtail.wire.proto.TrendRequest;
import org.junit.jupiter.api.Test;

/** Speaks with a peer of the original system, whose contract is written down here field by field (D27). */
class OriginalPeerTest {
    private static final FileDescriptor ORIGINAL = original();

    private final QueryMapping mapping = new QueryMapping(Schema.LOGTAIL);

    @Test
    void ourContract_holdsTheOriginalOne() {
        FileDescriptor ours = logtail.wire.proto.Snapshot.getDescriptor().getFile();
        assertThat(ours.getPackage()).isEqualTo(ORIGINAL.getPackage());
        for (Descriptor message : ORIGINAL.getMessageTypes()) {
            Descriptor same = ours.findMessageTypeByName(message.getName());
            for (FieldDescriptor field : message.getFields()) {
                FieldDescriptor our = same.findFieldByNumber(field.getNumber());
                assertThat(our.getName()).isEqualTo(field.getName());
                assertThat(our.getType()).as(our.getFullName()).isEqualTo(field.getType());
                assertThat(our.isRepeated()).as(our.getFullName()).isEqualTo(field.isRepeated());
                assertThat(our.hasPresence()).as(our.getFullName()).isEqualTo(field.hasPresence());
            }
            same.getFields().stream()
                    .filter(field -> message.findFieldByNumber(field.getNumber()) == null)
                    .forEach(field -> assertThat(field.getNumber())
                            .as(field.getFullName())
                            .isGreaterThanOrEqualTo(100));
        }
        for (EnumDescriptor type : ORIGINAL.getEnumTypes()) {
            EnumDescriptor same = ours.findEnumTypeByName(type.getName());
            type.getValues().forEach(value -> assertThat(
                            same.findValueByNumber(value.getNumber()).getName())
                    .isEqualTo(value.getName()));
            same.getValues().stream()
                    .filter(value -> type.findValueByNumber(value.getNumber()) == null)
                    .forEach(value -> assertThat(value.getNumber()).isGreaterThanOrEqualTo(100));
        }
    }

    @Test
    void anOriginalPeer_readsOurAnswers() throws Exception {
        TopNAnswer ranking = new TopNAnswer(
                List.of(new TopNAnswer.Row(List.of("a"), 0, 10, 12), new TopNAnswer.Row(List.of("(other)"), 1, 4, 4)),
                14,
                2,
                false,
                5);
        TrendAnswer trend = new TrendAnswer(List.of(new TrendAnswer.Point(60, 5, 1)), 1);

        assertThat(text(read("TopNResponse", mapping.message("n1", ranking))))
                .isEqualTo("entries{label:a count:10} entries{label:(other) count:4} source:n1");
        assertThat(text(read("TrendResponse", mapping.message("n1", trend))))
                .isEqualTo("points{timestamp_unix:60 count:5} source:n1");
        assertThat(text(read("ListTargetsResponse", mapping.message(List.of(new Target("n", "", Freshness.STALE, 9))))))
                .isEqualTo("targets{name:n}");
    }

    @Test
    void anOriginalPeer_readsOurSnapshots() throws Exception {
        TestView view = new TestView()
                .bucket(600, true, List.of(row(7, "a", "192.0.2.0/24", "/", "200", "0", "4200000000", "(other)")));
        byte[] bytes = new SnapshotEncoder(Schema.LOGTAIL).encode("n1", view.view(), view.newest());

        assertThat(text(read("Snapshot", bytes)))
                .isEqualTo("source:n1 timestamp:600 "
                        + "entries{label:a|192.0.2.0/24|/|200|0|4200000000|(other) count:7}");
    }

    @Test
    void anOriginalPeer_readsOurQuestions() throws Exception {
        Term asn = Term.of(Schema.LOGTAIL.named("asn").orElseThrow(), FilterOp.GE, "4200000000");
        Term tor = Term.of(Schema.LOGTAIL.named("is_tor").orElseThrow(), FilterOp.EQ, "1");
        TopNQuery query = new TopNQuery(
                new Filter(List.of(asn, tor)),
                List.of(Schema.LOGTAIL.named("status").orElseThrow()),
                10,
                Window.W6H);

        assertThat(text(read("TopNRequest", mapping.message(query))))
                .isEqualTo("filter{tor:TOR_YES asn_number:-94967296 asn_op:GE} group_by:HTTP_RESPONSE n:10 window:W6H");
    }

    @Test
    void weRead_whatAnOriginalPeerAsks() throws Exception {
        DynamicMessage filter =
                message("Filter", "http_response", 429, "status_op", value("StatusOp", 0), "website", "a");
        DynamicMessage topN = message(
                "TopNRequest",
                "filter",
                filter,
                "group_by",
                value("GroupBy", 1),
                "n",
                25,
                "window",
                value("Window", 5));
        DynamicMessage trend = message("TrendRequest", "filter", filter, "window", value("Window", 1));

        TopNQuery query = mapping.query(TopNRequest.parseFrom(topN.toByteArray()));

        assertThat(query.groupBy()).extracting(d -> d.name()).containsExactly("prefix");
        assertThat(query.n()).isEqualTo(25);
        assertThat(query.window()).isEqualTo(Window.W24H);
        assertThat(query.filter().terms())
                .extracting(term -> term.dimension() + term.op().symbol() + term.operand())
                .containsExactlyInAnyOrder("website=a", "status=429");
        assertThat(mapping.query(TrendRequest.parseFrom(trend.toByteArray())).window())
                .isEqualTo(Window.W5M);
    }

    @Test
    void weRead_whatAnOriginalPeerAnswers() throws Exception {
        DynamicMessage entry = message("TopNEntry", "label", "a", "count", 3L);
        DynamicMessage response = message("TopNResponse", "entries", List.of(entry), "source", "old");
        TopNQuery query = new TopNQuery(
                Filter.ALL, List.of(Schema.LOGTAIL.named("website").orElseThrow()), 10, Window.W5M);

        TopNReply reply = mapping.reply(query, TopNResponse.parseFrom(response.toByteArray()));

        assertThat(reply.source()).isEqualTo("old");
        assertThat(reply.bounded()).isFalse();
        assertThat(reply.answer().rows()).containsExactly(new TopNAnswer.Row(List.of("a"), 0, 3, 3));
    }

    @Test
    void weRead_whatAnOriginalPeerCounted() throws Exception {
        DynamicMessage entry =
                message("TopNEntry", "label", "a\0002001:db8::/48\0/\000200\0001\000-94967296\0direct", "count", 3L);
        DynamicMessage snapshot =
                message("Snapshot", "source", "old", "timestamp", 61L, "entries", List.of(entry), "is_coarse", true);

        SnapshotRows rows = new SnapshotDecoder(Schema.LOGTAIL).decode(snapshot.toByteArray());

        assertThat(rows.head()).isEqualTo(new SnapshotRows.Head("old", 61, 0, true, false, false));
        assertThat(rows.labels(0)).containsExactly("a", "2001:db8::/48", "/", "200", "1", "4200000000", "direct");
    }

    private static DynamicMessage read(String type, Message ours) throws Exception {
        return read(type, ours.toByteArray());
    }

    private static DynamicMessage read(String type, byte[] bytes) throws Exception {
        return DynamicMessage.parseFrom(ORIGINAL.findMessageTypeByName(type), bytes);
    }

    private static DynamicMessage message(String type, Object... namesAndValues) {
        Descriptor descriptor = ORIGINAL.findMessageTypeByName(type);
        DynamicMessage.Builder message = DynamicMessage.newBuilder(descriptor);
        for (int i = 0; i < namesAndValues.length; i += 2) {
            message.setField(descriptor.findFieldByName((String) namesAndValues[i]), namesAndValues[i + 1]);
        }
        return message.build();
    }

    private static Object value(String type, int number) {
        return ORIGINAL.findEnumTypeByName(type).findValueByNumber(number);
    }

    /** The fields that a peer knows, in one line. */
    private static String text(Message message) {
        StringBuilder text = new StringBuilder();
        message.getAllFields().forEach((field, value) -> {
            List<?> values = field.isRepeated() ? (List<?>) value : List.of(value);
            for (Object one : values) {
                text.append(text.length() == 0 ? "" : " ").append(field.getName());
                if (one instanceof Message inner) {
                    text.append('{').append(text(inner)).append('}');
                } else {
                    text.append(':').append(one.toString().replace('\0', '|'));
                }
            }
        });
        return text.toString();
    }

    private static FileDescriptor original() {
        FileDescriptorProto file = FileDescriptorProto.newBuilder()
                .setName("original.proto")
                .setPackage("logtail")
                .setSyntax("proto3")
                .addEnumType(enumType(
                        "GroupBy",
                        "WEBSITE",
                        "CLIENT_PREFIX",
                        "REQUEST_URI",
                        "HTTP_RESPONSE",
                        "ASN_NUMBER",
                        "SOURCE_TAG"))
                .addEnumType(enumType("Window", "W1M", "W5M", "W15M", "W60M", "W6H", "W24H"))
                .addEnumType(enumType("StatusOp", "EQ", "NE", "GT", "GE", "LT", "LE"))
                .addEnumType(enumType("TorFilter", "TOR_ANY", "TOR_YES", "TOR_NO"))
                .addMessageType(messageType(
                        "Filter",
                        "1 ?string website",
                        "2 ?string client_prefix",
                        "3 ?string http_request_uri",
                        "4 ?int32 http_response",
                        "5 StatusOp status_op",
                        "6 ?string website_regex",
                        "7 ?string uri_regex",
                        "8 TorFilter tor",
                        "9 ?int32 asn_number",
                        "10 StatusOp asn_op",
                        "11 ?string website_regex_exclude",
                        "12 ?string uri_regex_exclude",
                        "13 ?string ipng_source_tag"))
                .addMessageType(messageType(
                        "TopNRequest", "1 .Filter filter", "2 GroupBy group_by", "3 int32 n", "4 Window window"))
                .addMessageType(messageType("TopNEntry", "1 string label", "2 int64 count"))
                .addMessageType(messageType("TopNResponse", "1 *TopNEntry entries", "2 string source"))
                .addMessageType(messageType("TrendRequest", "1 .Filter filter", "2 Window window"))
                .addMessageType(messageType("TrendPoint", "1 int64 timestamp_unix", "2 int64 count"))
                .addMessageType(messageType("TrendResponse", "1 *TrendPoint points", "2 string source"))
                .addMessageType(messageType("SnapshotRequest"))
                .addMessageType(messageType(
                        "Snapshot", "1 string source", "2 int64 timestamp", "3 *TopNEntry entries", "4 bool is_coarse"))
                .addMessageType(messageType("ListTargetsRequest"))
                .addMessageType(messageType("TargetInfo", "1 string name", "2 string addr"))
                .addMessageType(messageType("ListTargetsResponse", "1 *TargetInfo targets"))
                .addMessageType(messageType("DumpSnapshotsRequest"))
                .build();
        try {
            return FileDescriptor.buildFrom(file, new FileDescriptor[0]);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static EnumDescriptorProto enumType(String name, String... values) {
        EnumDescriptorProto.Builder type = EnumDescriptorProto.newBuilder().setName(name);
        for (int number = 0; number < values.length; number++) {
            type.addValueBuilder().setName(values[number]).setNumber(number);
        }
        return type.build();
    }

    private static DescriptorProto messageType(String name, String... fields) {
        DescriptorProto.Builder message = DescriptorProto.newBuilder().setName(name);
        for (String line : fields) {
            String[] words = line.split(" ");
            FieldDescriptorProto.Builder field = message.addFieldBuilder()
                    .setNumber(Integer.parseInt(words[0]))
                    .setName(words[2])
                    .setLabel(words[1].startsWith("*") ? Label.LABEL_REPEATED : Label.LABEL_OPTIONAL);
            String type = words[1].replaceFirst("^[?*.]", "");
            switch (type) {
                case "string" -> field.setType(Type.TYPE_STRING);
                case "int32" -> field.setType(Type.TYPE_INT32);
                case "int64" -> field.setType(Type.TYPE_INT64);
                case "bool" -> field.setType(Type.TYPE_BOOL);
                default -> field.setTypeName(".logtail." + type);
            }
            if (words[1].startsWith("?")) {
                field.setProto3Optional(true).setOneofIndex(message.getOneofDeclCount());
                message.addOneofDecl(OneofDescriptorProto.newBuilder().setName("_" + words[2]));
            }
        }
        return message.build();
    }
}
