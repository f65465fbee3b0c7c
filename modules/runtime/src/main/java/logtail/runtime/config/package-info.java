/** One table of keys, four places values come from, and the typed records that services are started with. */
@NullMarked
package logtail.runtime.config;

import org.jspecify.annotations.NullMarked;
