/** What to decide about log files, without touching one: names, waiting times, how soon to look again. */
@NullMarked
package logtail.core.tail;

import org.jspecify.annotations.NullMarked;
