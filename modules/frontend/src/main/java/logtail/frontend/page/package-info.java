/** From answers to a page: every string ready to be shown, every link ready to be followed. */
@NullMarked
package logtail.frontend.page;

import org.jspecify.annotations.NullMarked;
