/** Words for people: what they probably meant. */
@NullMarked
package logtail.core.text;

import org.jspecify.annotations.NullMarked;
