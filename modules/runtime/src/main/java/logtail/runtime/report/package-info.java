/** What a service says about itself: the lines that scripts wait for, and its own log. */
@NullMarked
package logtail.runtime.report;

import org.jspecify.annotations.NullMarked;
