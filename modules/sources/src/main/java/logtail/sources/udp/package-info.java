/** Receives lines in datagrams. */
@NullMarked
package logtail.sources.udp;

import org.jspecify.annotations.NullMarked;
