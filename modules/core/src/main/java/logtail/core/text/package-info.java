/** Text for people: what they probably meant, and what strangers wrote, made fit to be looked at. */
@NullMarked
package logtail.core.text;

import org.jspecify.annotations.NullMarked;
