/** Asking the node behind the page: everything at once, and no longer than a page may take. */
@NullMarked
package logtail.frontend.backend;

import org.jspecify.annotations.NullMarked;
