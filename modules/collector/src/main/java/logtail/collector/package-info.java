/** The program on every nginx host: it counts what its sources bring and answers from what it counted. */
@NullMarked
package logtail.collector;

import org.jspecify.annotations.NullMarked;
