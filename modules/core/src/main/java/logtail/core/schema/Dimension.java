package logtail.core.schema;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One thing requests are counted by: everything the rest of the system needs to know of it.
 *
 * @param name short name: group-by, command-line flag (with dashes), URL parameter, expression language
 * @param field name in the original's documents and in JSON (FR-1.1)
 * @param kind how values are held
 * @param variables nginx variables that feed it, best first (FR-2.2, FR-2.3)
 * @param neutral label of a request that does not carry the dimension
 * @param groupByNumber its value in the wire enum {@code GroupBy}
 * @param wireFilters field numbers of the wire message {@code Filter} by the operator they carry; numbers
 *     whose operator is a field of its own stand under {@link FilterOp#EQ}
 * @param wireOperator field number of that operator field, 0 for none
 * @param operators what filters may ask
 */
public record Dimension(
        String name,
        String field,
        ColumnKind kind,
        List<String> variables,
        String neutral,
        int groupByNumber,
        Map<FilterOp, Integer> wireFilters,
        int wireOperator,
        Set<FilterOp> operators) {

    public Dimension {
        variables = List.copyOf(variables);
        wireFilters = Map.copyOf(wireFilters);
        operators = Set.copyOf(operators);
    }

    /** The name as a command-line flag, without dashes in front. */
    public String flag() {
        return name.replace('_', '-');
    }

    @Override
    public String toString() {
        return name;
    }
}
