/** Asking another node over gRPC. */
@NullMarked
package logtail.runtime.client;

import org.jspecify.annotations.NullMarked;
