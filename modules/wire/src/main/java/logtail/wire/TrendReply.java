package logtail.wire;

import logtail.core.query.TrendAnswer;

/**
 * Requests over time, and who counted them.
 *
 * @param source display name of the node that answered
 */
public record TrendReply(String source, TrendAnswer answer) {}
