/** The commands that ask nodes: topn, trend, stream and targets (FR-7). */
@NullMarked
package logtail.cli.query;

import org.jspecify.annotations.NullMarked;
