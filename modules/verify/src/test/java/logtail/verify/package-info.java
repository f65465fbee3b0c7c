/** The proof: real processes, real files and sockets, real nginx, and the rules of the architecture. */
@NullMarked
package logtail.verify;

import org.jspecify.annotations.NullMarked;
