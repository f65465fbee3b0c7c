/** The gRPC contract (generated from {@code proto/}) and its mapping to core types. */
@NullMarked
package logtail.wire;

import org.jspecify.annotations.NullMarked;
