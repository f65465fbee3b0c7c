/** Buckets, windows and the clock arithmetic behind them; time is always an argument. */
@NullMarked
package logtail.core.time;

import org.jspecify.annotations.NullMarked;
