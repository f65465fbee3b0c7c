/** What tests of several packages share. */
@NullMarked
package logtail.core.testing;

import org.jspecify.annotations.NullMarked;
