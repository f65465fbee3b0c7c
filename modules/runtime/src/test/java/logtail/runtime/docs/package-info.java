/** How tests keep pages of the documentation in step with the code. */
@NullMarked
package logtail.runtime.docs;

import org.jspecify.annotations.NullMarked;
