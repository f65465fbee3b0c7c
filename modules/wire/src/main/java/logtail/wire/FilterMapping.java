package logtail.wire;

import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import logtail.core.query.Filter;
import logtail.core.query.InvalidQueryException;
import logtail.core.query.Term;
import logtail.core.schema.ColumnKind;
import logtail.core.schema.Dimension;
import logtail.core.schema.FilterOp;
import logtail.core.schema.Schema;

/**
 * Filters as messages and back, by the wire numbers of the {@link Schema}: another dimension is another entry there.
 * Threadsafe.
 */
final class FilterMapping {
    /** Values of the wire enum {@code StatusOp}, in its order. */
    private static final List<FilterOp> NUMBER_OPERATORS =
            List.of(FilterOp.EQ, FilterOp.NE, FilterOp.GT, FilterOp.GE, FilterOp.LT, FilterOp.LE);

    /** Values of the wire enum {@code TorFilter}: any, yes, no. */
    private static final List<String> FLAG_OPERANDS = List.of("", "1", "0");

    private final List<Slot> slots = new ArrayList<>();
    private final Map<Dimension, Map<FilterOp, Slot>> byTerm = new HashMap<>();

    /**
     * @throws IllegalArgumentException when the message {@code Filter} has no such field, or one of another type
     */
    FilterMapping(Schema schema) {
        for (Dimension dimension : schema.dimensions()) {
            Map<FilterOp, Slot> own = new HashMap<>();
            dimension.wireFilters().forEach((op, number) -> {
                Slot slot = slot(dimension, op, number);
                slots.add(slot);
                slot.carries().forEach(carried -> own.put(carried, slot));
            });
            byTerm.put(dimension, own);
        }
    }

    private static Slot slot(Dimension dimension, FilterOp op, int number) {
        FieldDescriptor field = field(dimension, number);
        switch (field.getType()) {
            case STRING:
                return new TextSlot(dimension, op, field);
            case ENUM:
                check(dimension.kind() == ColumnKind.FLAG && op == FilterOp.EQ, dimension, field);
                return new FlagSlot(dimension, field);
            case INT32:
                FieldDescriptor operator = field(dimension, dimension.wireOperator());
                check(operator.getType() == FieldDescriptor.Type.ENUM && op == FilterOp.EQ, dimension, operator);
                return new NumberSlot(dimension, field, operator);
            default:
                check(false, dimension, field);
                throw new AssertionError();
        }
    }

    private static FieldDescriptor field(Dimension dimension, int number) {
        FieldDescriptor field = logtail.wire.proto.Filter.getDescriptor().findFieldByNumber(number);
        if (field == null) {
            throw new IllegalArgumentException(dimension.name() + ": the message Filter has no field " + number);
        }
        return field;
    }

    private static void check(boolean fits, Dimension dimension, FieldDescriptor field) {
        if (!fits) {
            throw new IllegalArgumentException(
                    dimension.name() + ": Filter." + field.getName() + " is " + field.getType());
        }
    }

    /**
     * @throws InvalidQueryException for an operand that is no value of its dimension, or an unknown enum number
     */
    Filter toCore(logtail.wire.proto.Filter message) {
        List<Term> terms = new ArrayList<>();
        for (Slot slot : slots) {
            slot.read(message, terms);
        }
        return new Filter(terms);
    }

    /**
     * @throws InvalidQueryException for a condition that the message cannot carry
     */
    logtail.wire.proto.Filter toMessage(Filter filter) {
        logtail.wire.proto.Filter.Builder message = logtail.wire.proto.Filter.newBuilder();
        for (Term term : filter.terms()) {
            Slot slot = byTerm.getOrDefault(term.dimension(), Map.of()).get(term.op());
            if (slot == null) {
                throw new InvalidQueryException(
                        "filter: " + term.dimension().name() + term.op().symbol() + " cannot be sent to a node");
            }
            if (message.hasField(slot.field())) {
                throw new InvalidQueryException(
                        "filter: two conditions on " + term.dimension().name() + " cannot be sent to a node");
            }
            slot.write(term, message);
        }
        return message.build();
    }

    private static EnumValueDescriptor known(FieldDescriptor field, logtail.wire.proto.Filter message) {
        int number = ((EnumValueDescriptor) message.getField(field)).getNumber();
        EnumDescriptor type = field.getEnumType();
        EnumValueDescriptor value = type.findValueByNumber(number);
        if (value == null) {
            throw new InvalidQueryException("filter: " + field.getName() + " " + number + " is not known");
        }
        return value;
    }

    /** One field of the message, or one with its operator. */
    private interface Slot {
        FieldDescriptor field();

        List<FilterOp> carries();

        void read(logtail.wire.proto.Filter message, List<Term> terms);

        void write(Term term, logtail.wire.proto.Filter.Builder message);
    }

    private record TextSlot(Dimension dimension, FilterOp op, FieldDescriptor field) implements Slot {
        @Override
        public List<FilterOp> carries() {
            return List.of(op);
        }

        @Override
        public void read(logtail.wire.proto.Filter message, List<Term> terms) {
            if (message.hasField(field)) {
                terms.add(Term.of(dimension, op, (String) message.getField(field)));
            }
        }

        @Override
        public void write(Term term, logtail.wire.proto.Filter.Builder message) {
            message.setField(field, term.operand());
        }
    }

    private record NumberSlot(Dimension dimension, FieldDescriptor field, FieldDescriptor operator) implements Slot {
        @Override
        public List<FilterOp> carries() {
            return NUMBER_OPERATORS;
        }

        @Override
        public void read(logtail.wire.proto.Filter message, List<Term> terms) {
            if (!message.hasField(field)) {
                return;
            }
            int number = known(operator, message).getNumber();
            int operand = (Integer) message.getField(field);
            // An ASN travels as the 32 bits of an int32 (D27); a negative status is for the term to refuse.
            String text =
                    dimension.kind() == ColumnKind.ASN ? Integer.toUnsignedString(operand) : Integer.toString(operand);
            terms.add(Term.of(dimension, NUMBER_OPERATORS.get(number), text));
        }

        @Override
        public void write(Term term, logtail.wire.proto.Filter.Builder message) {
            message.setField(field, Integer.parseUnsignedInt(term.operand()));
            message.setField(operator, operator.getEnumType().findValueByNumber(NUMBER_OPERATORS.indexOf(term.op())));
        }
    }

    private record FlagSlot(Dimension dimension, FieldDescriptor field) implements Slot {
        @Override
        public List<FilterOp> carries() {
            return List.of(FilterOp.EQ, FilterOp.NE);
        }

        @Override
        public void read(logtail.wire.proto.Filter message, List<Term> terms) {
            int number = known(field, message).getNumber();
            if (number != 0) {
                terms.add(Term.of(dimension, FilterOp.EQ, FLAG_OPERANDS.get(number)));
            }
        }

        @Override
        public void write(Term term, logtail.wire.proto.Filter.Builder message) {
            boolean yes = term.operand().equals("1") == (term.op() == FilterOp.EQ);
            message.setField(field, field.getEnumType().findValueByNumber(yes ? 1 : 2));
        }
    }
}
