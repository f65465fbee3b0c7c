package logtail.core.query;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.PriorityQueue;

/** The first groups in the order of every answer: by count descending, then label bytes ascending (D12). */
/*
 * Two passes over the groups: the first finds the count of the n-th one, with nothing but numbers; the second collects
 * what is above it, and of those that have exactly that count the ones whose labels come first. So labels are looked
 * at only where counts are equal. Comparing label by label is comparing the labels joined with NUL, which no label
 * holds and which sorts before everything.
 */
final class Ranking {
    private Ranking() {}

    /**
     * A group of an answer.
     *
     * @param codes of its labels, by their place in the group-by list
     */
    record Ranked(TopNAnswer.Row row, long[] codes) {}

    static List<Ranked> top(GroupCounts groups, int n) {
        long floor = countOfRank(groups, n);
        List<Candidate> ranked = atLeast(groups, Math.max(1, floor), n);
        Collections.sort(ranked);
        return ranked.stream().limit(n).map(Candidate::ranked).toList();
    }

    /** The n-th largest count; 0 when there are fewer groups. */
    private static long countOfRank(GroupCounts groups, int n) {
        long[] heap = new long[Math.min(n, groups.slots())];
        for (int slot = 0; slot < groups.slots(); slot++) {
            long count = groups.count(slot);
            if (count > heap[0]) {
                replaceSmallest(heap, count);
            }
        }
        return heap.length < n ? 0 : heap[0];
    }

    /** Puts a larger number in the place of the smallest of a heap. */
    private static void replaceSmallest(long[] heap, long count) {
        int at = 0;
        while (true) {
            int child = 2 * at + 1;
            if (child + 1 < heap.length && heap[child + 1] < heap[child]) {
                child++;
            }
            if (child >= heap.length || heap[child] >= count) {
                heap[at] = count;
                return;
            }
            heap[at] = heap[child];
            at = child;
        }
    }

    /** The groups above that count, and of those that have just that count the first {@code n} by label. */
    private static List<Candidate> atLeast(GroupCounts groups, long floor, int n) {
        List<Candidate> found = new ArrayList<>();
        Ties ties = new Ties(groups, n);
        for (int slot = 0; slot < groups.slots(); slot++) {
            long count = groups.count(slot);
            if (count > floor) {
                found.add(new Candidate(groups, slot));
            } else if (count == floor) {
                ties.add(slot);
            }
        }
        found.addAll(ties.last);
        return found;
    }

    /** Of groups with the same count the first ones by label. */
    private static final class Ties {
        private final PriorityQueue<Candidate> last = new PriorityQueue<>(Collections.reverseOrder());
        private final GroupCounts groups;
        private final int room;
        private Candidate next;
        private long headMax = -1;

        Ties(GroupCounts groups, int room) {
            this.groups = groups;
            this.room = room;
            this.next = new Candidate(groups, 0);
        }

        void add(int slot) {
            // Nearly all of what may be millions of groups end here.
            if (Long.compareUnsigned(groups.labelHead(slot), headMax) > 0) {
                return;
            }
            next.become(slot);
            if (last.size() == room) {
                if (next.compareTo(last.element()) >= 0) {
                    return;
                }
                last.remove();
            }
            last.add(next);
            next = new Candidate(groups, slot);
            if (last.size() == room) {
                headMax = groups.labelHead(last.element().slot);
            }
        }
    }

    /** A group, with the first {@code known} of its labels: those that a comparison has asked for. */
    private static final class Candidate implements Comparable<Candidate> {
        private final GroupCounts groups;
        private final byte[][] labels;
        private int slot;
        private int known;

        Candidate(GroupCounts groups, int slot) {
            this.groups = groups;
            this.slot = slot;
            this.labels = new byte[groups.dimensions.size()][];
        }

        void become(int other) {
            slot = other;
            known = 0;
        }

        @Override
        public int compareTo(Candidate other) {
            int byCount = Long.compare(other.groups.count(other.slot), groups.count(slot));
            for (int place = 0; byCount == 0 && place < labels.length; place++) {
                int byLabel = Arrays.compareUnsigned(label(place), other.label(place));
                if (byLabel != 0) {
                    return byLabel;
                }
            }
            return byCount;
        }

        private byte[] label(int place) {
            for (; known <= place; known++) {
                labels[known] = groups.labelBytes(slot, known);
            }
            return labels[place];
        }

        Ranked ranked() {
            long[] codes = new long[labels.length];
            groups.readCodes(slot, codes);
            return new Ranked(row(), codes);
        }

        private TopNAnswer.Row row() {
            List<String> texts = new ArrayList<>(labels.length);
            int folded = 0;
            for (int place = 0; place < labels.length; place++) {
                texts.add(groups.label(slot, place));
                folded |= groups.code(slot, place) == 0 ? 1 << place : 0;
            }
            return new TopNAnswer.Row(texts, folded, groups.count(slot), groups.atMost(slot));
        }
    }
}
