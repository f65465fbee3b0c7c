/** Filters, TopN and Trend over one view. */
@NullMarked
package logtail.core.query;

import org.jspecify.annotations.NullMarked;
