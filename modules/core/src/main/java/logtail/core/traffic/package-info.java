/** The counters and histograms of FR-8, counted beside the windows by the same thread and never reset. */
@NullMarked
package logtail.core.traffic;

import org.jspecify.annotations.NullMarked;
