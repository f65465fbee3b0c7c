/** The templates. */
@NullMarked
package logtail.frontend.view;

import org.jspecify.annotations.NullMarked;
