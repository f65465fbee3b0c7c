/** What local files say of clients: their autonomous system, and whether they are exits of the Tor network. */
@NullMarked
package logtail.sources.client;

import org.jspecify.annotations.NullMarked;
