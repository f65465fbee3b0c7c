package logtail.wire;

import logtail.core.query.TopNAnswer;

/**
 * A ranking, and who gave it.
 *
 * @param source display name of the node that answered
 * @param answer the ranking
 * @param bounded false for a peer of the original system, which sends neither totals nor bounds: then {@code total} is
 *     the sum of the rows, {@code atMost} the count, and nothing is known to be exact
 */
public record TopNReply(String source, TopNAnswer answer, boolean bounded) {}
