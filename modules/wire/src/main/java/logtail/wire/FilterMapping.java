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
import logtail.core.query.lang.Expression;
import logtail.core.query.lang.ExpressionException;
import logtail.core.schema.ColumnKind;
import logtail.core.schema.Dimension;
import logtail.core.schema.FilterOp;
import logtail.core.schema.Schema;

/**
 * Filters as messages and back, by the wire numbers of the {@link Schema}: another dimension is another entry there.
 * Threadsafe.
 *
 * <p>What the original's fields can carry travels in them, so that its nodes understand as much as they can; the rest is
 * one text, which they would ignore: answers to it are good only from a node that says it has read it.
 */
final class FilterMapping {
    /** Values of the wire enum {@code StatusOp}, in its order. */
    private static final List<FilterOp> NUMBER_OPERATORS =
            List.of(FilterOp.EQ, FilterOp.NE, FilterOp.GT, FilterOp.GE, FilterOp.LT, FilterOp.LE);

    /** FR-1.3's prefix lengths. */
    private static final int V4_BITS = 24;

    private static final int V6_BITS = 48;

    /** Values of the wire enum {@code TorFilter}: any, yes, no. */
    private static final List<String> FLAG_OPERANDS = List.of("", "1", "0");

    private final Schema schema;
    private final List<Slot> slots = new ArrayList<>();
    private final Map<Dimension, Map<FilterOp, Slot>> byTerm = new HashMap<>();

    /**
     * @throws IllegalArgumentException when the message {@code Filter} has no such field, or one of another type
     */
    FilterMapping(Schema schema) {
        this.schema = schema;
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
     * @throws InvalidQueryException for an operand that is no value of its dimension, an unknown enum number, or an
     *     expression that makes no sense, with the column
     */
    Filter toCore(logtail.wire.proto.Filter message) {
        List<Term> terms = new ArrayList<>();
        for (Slot slot : slots) {
            slot.read(message, terms);
        }
        if (message.hasExpression()) {
            terms.addAll(parsed(message.getExpression()));
        }
        return new Filter(terms);
    }

    private List<Term> parsed(String expression) {
        try {
            return Expression.parse(expression, schema).terms();
        } catch (ExpressionException e) {
            throw new InvalidQueryException("filter expression: " + e.line());
        }
    }

    /**
     * @throws InvalidQueryException for more conditions than a node reads
     */
    logtail.wire.proto.Filter toMessage(Filter filter) {
        logtail.wire.proto.Filter.Builder message = logtail.wire.proto.Filter.newBuilder();
        List<Term> rest = write(filter, message);
        if (!rest.isEmpty()) {
            String expression = Expression.print(rest);
            if (rest.size() > Expression.CONDITIONS_MAX || expression.length() > Expression.CHARS_MAX) {
                throw new InvalidQueryException("filter: a node reads at most " + Expression.CONDITIONS_MAX
                        + " conditions of together " + Expression.CHARS_MAX + " characters");
            }
            message.setExpression(expression);
        }
        return message.build();
    }

    /** The conditions of which a node of the original system would not know. */
    List<Term> beyondOriginal(Filter filter) {
        return write(filter, logtail.wire.proto.Filter.newBuilder());
    }

    /** Sets the fields that carry conditions; returns those that are left. */
    private List<Term> write(Filter filter, logtail.wire.proto.Filter.Builder message) {
        List<Term> rest = new ArrayList<>();
        for (Term term : filter.terms()) {
            Slot slot = byTerm.getOrDefault(term.dimension(), Map.of()).get(term.op());
            if (slot == null || !slot.canCarry(term) || message.hasField(slot.field())) {
                rest.add(term);
            } else {
                slot.write(term, message);
            }
        }
        return rest;
    }

    /** Whether a prefix is shorter than those the original keeps (FR-1.3), which knows no prefix within another. */
    private static boolean isWide(String cidr) {
        int bits = Integer.parseInt(cidr.substring(cidr.indexOf('/') + 1));
        return bits < (cidr.indexOf(':') < 0 ? V4_BITS : V6_BITS);
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

        /** Whether a node of the original system reads the same from the field. */
        default boolean canCarry(Term term) {
            return true;
        }

        void read(logtail.wire.proto.Filter message, List<Term> terms);

        void write(Term term, logtail.wire.proto.Filter.Builder message);
    }

    private record TextSlot(Dimension dimension, FilterOp op, FieldDescriptor field) implements Slot {
        @Override
        public List<FilterOp> carries() {
            return List.of(op);
        }

        @Override
        public boolean canCarry(Term term) {
            return dimension.kind() != ColumnKind.PREFIX || !isWide(term.operand());
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
        public boolean canCarry(Term term) {
            return !term.hasClass();
        }

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
