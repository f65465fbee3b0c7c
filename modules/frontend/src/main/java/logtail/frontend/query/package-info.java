/** What a page shows, as its URL says it. */
@NullMarked
package logtail.frontend.query;

import org.jspecify.annotations.NullMarked;
