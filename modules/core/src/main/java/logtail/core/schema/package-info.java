/** The dimensions requests are counted by, in one table; and how their values are written. */
@NullMarked
package logtail.core.schema;

import org.jspecify.annotations.NullMarked;
