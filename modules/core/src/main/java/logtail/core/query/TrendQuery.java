package logtail.core.query;

import logtail.core.time.Window;

/**
 * How the number of requests went over time.
 *
 * @param filter the requests that count
 * @param window how far back
 */
public record TrendQuery(Filter filter, Window window) {}
