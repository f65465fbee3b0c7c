/** Traffic that is built to blind a log analyser, made up from a seed: for tests, and for whoever wants to score one. */
@NullMarked
package logtail.core.attack;

import org.jspecify.annotations.NullMarked;
