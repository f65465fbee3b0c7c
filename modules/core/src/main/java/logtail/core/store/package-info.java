/** The live table (single writer), sealed buckets, the rings and the immutable view readers hold. */
@NullMarked
package logtail.core.store;

import org.jspecify.annotations.NullMarked;
