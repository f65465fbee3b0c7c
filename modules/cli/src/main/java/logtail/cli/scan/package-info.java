/** Reading whole log files at once, without a daemon. */
@NullMarked
package logtail.cli.scan;

import org.jspecify.annotations.NullMarked;
