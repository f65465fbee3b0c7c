/** Traffic for a first look: an ordinary day on ten sites, and one attack. */
@NullMarked
package logtail.cli.demo;

import org.jspecify.annotations.NullMarked;
