/** From the counters of FR-8 to the metrics page. */
@NullMarked
package logtail.collector.traffic;

import org.jspecify.annotations.NullMarked;
