package logtail.core.query;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.BooleanSupplier;
import logtail.core.schema.Dimension;
import logtail.core.store.Texts;
import logtail.core.store.View;

/** A filter made ready for one query over one view. Not threadsafe. */
/*
 * One stage for each dimension that is asked about, numbers first. Nearly all of them look the verdict up by the code
 * of the value, so that a value is judged once in a query however many rows have it, and only when a row has it that
 * no stage before has refused.
 */
final class FilterProgram {
    private final List<Stage> stages;
    private final byte[] verdicts = new byte[Block.ROWS_MAX];

    private FilterProgram(List<Stage> stages) {
        this.stages = stages;
    }

    /**
     * @throws InvalidQueryException for a dimension that the view does not have
     */
    static FilterProgram of(View view, Filter filter, BooleanSupplier cancelled) {
        List<Stage> stages = new ArrayList<>();
        filter.terms().stream()
                .map(Term::dimension)
                .distinct()
                .sorted(Comparator.comparing(d -> d.kind().isDictionary()))
                .forEach(dimension -> stages.add(stage(view, dimension, filter, cancelled)));
        return new FilterProgram(stages);
    }

    private static Stage stage(View view, Dimension dimension, Filter filter, BooleanSupplier cancelled) {
        CodedDimension coded = new CodedDimension(view, dimension);
        List<Term> terms = filter.terms().stream()
                .filter(t -> t.dimension().equals(dimension))
                .distinct()
                .sorted(Comparator.comparing(Term::isRegex))
                .toList();
        if (coded.isDictionary()) {
            return new TextStage(coded, terms, cancelled);
        }
        List<NumberTest> tests = terms.stream().map(Term::numberTest).toList();
        return coded.codes() <= Integer.MAX_VALUE ? new SmallNumberStage(coded, tests) : new NumberStage(coded, tests);
    }

    boolean letsAllThrough() {
        return stages.isEmpty();
    }

    /** Decides which rows of the block match. */
    void run(Block block) {
        if (stages.isEmpty()) {
            block.letAllThrough();
            return;
        }
        Arrays.fill(verdicts, 0, block.rows(), Verdict.YES);
        for (Stage stage : stages) {
            stage.judge(block, verdicts);
        }
        block.letThrough(verdicts);
    }

    /** The conditions on one dimension. */
    private interface Stage {
        /** Adds what these conditions say of each row to its verdict. */
        void judge(Block block, byte[] verdicts);
    }

    private static boolean allHold(List<NumberTest> tests, long number) {
        for (int i = 0; i < tests.size(); i++) {
            if (!tests.get(i).holds(number)) {
                return false;
            }
        }
        return true;
    }

    /** Numbers of which there are few enough to judge each beforehand. */
    private static final class SmallNumberStage implements Stage {
        private final CodedDimension dimension;
        private final byte[] byCode;

        SmallNumberStage(CodedDimension dimension, List<NumberTest> tests) {
            this.dimension = dimension;
            this.byCode = new byte[(int) dimension.codes()];
            byCode[0] = Verdict.MAYBE;
            for (int code = 1; code < byCode.length; code++) {
                byCode[code] = Verdict.of(allHold(tests, code - 1));
            }
        }

        @Override
        public void judge(Block block, byte[] verdicts) {
            int[] codes = dimension.readCodes(block);
            for (int row = 0; row < block.rows(); row++) {
                verdicts[row] |= byCode[codes[row]];
            }
        }
    }

    private static final class NumberStage implements Stage {
        private final CodedDimension dimension;
        private final List<NumberTest> tests;

        NumberStage(CodedDimension dimension, List<NumberTest> tests) {
            this.dimension = dimension;
            this.tests = tests;
        }

        @Override
        public void judge(Block block, byte[] verdicts) {
            int[] numbers = dimension.readNumbers(block);
            int[] masks = block.masks();
            for (int row = 0; row < block.rows(); row++) {
                boolean folded = (masks[row] & dimension.bit()) != 0;
                verdicts[row] |=
                        folded ? Verdict.MAYBE : Verdict.of(allHold(tests, Integer.toUnsignedLong(numbers[row])));
            }
        }
    }

    private static final class TextStage implements Stage {
        private final CodedDimension dimension;
        private final TextTest[] tests;
        private final byte[] byCode;
        private final int[] unseen = new int[Block.ROWS_MAX];

        /** Keeps the compiler from leaving out the look. */
        private int lastSeen;

        TextStage(CodedDimension dimension, List<Term> terms, BooleanSupplier cancelled) {
            this.dimension = dimension;
            this.tests = terms.stream().map(t -> t.newTextTest(cancelled)).toArray(TextTest[]::new);
            this.byCode = new byte[(int) dimension.codes()];
            byCode[0] = Verdict.MAYBE;
        }

        @Override
        public void judge(Block block, byte[] verdicts) {
            int[] codes = dimension.readCodes(block);
            look(findUnseen(codes, verdicts, block.rows()));
            for (int row = 0; row < block.rows(); row++) {
                verdicts[row] |= byCode[codes[row]];
            }
        }

        /** Codes nobody has looked at, of rows that are not refused yet, each once; they count as good for now. */
        private int findUnseen(int[] codes, byte[] verdicts, int rows) {
            int size = 0;
            for (int row = 0; row < rows; row++) {
                int code = codes[row];
                if (byCode[code] == Verdict.UNSEEN && !Verdict.isNo(verdicts[row])) {
                    byCode[code] = Verdict.YES;
                    unseen[size++] = code;
                }
            }
            return size;
        }

        private void look(int size) {
            Texts texts = dimension.texts();
            // Texts stand anywhere in memory. Asked for one after the other, each would be waited for by itself.
            int seen = 0;
            for (int i = 0; i < size; i++) {
                seen ^= texts.get(unseen[i]).length;
            }
            lastSeen = seen;
            for (int i = 0; i < size; i++) {
                byCode[unseen[i]] = judge(texts, unseen[i]);
            }
        }

        private byte judge(Texts texts, int code) {
            for (TextTest test : tests) {
                if (!test.holds(texts, code)) {
                    return Verdict.NO;
                }
            }
            return Verdict.YES;
        }
    }
}
