/** The command line: one jar, every program. */
@NullMarked
package logtail.cli;

import org.jspecify.annotations.NullMarked;
