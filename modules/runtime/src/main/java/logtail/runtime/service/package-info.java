/** The gRPC side of a node: the five calls, health and reflection on one port. */
@NullMarked
package logtail.runtime.service;

import org.jspecify.annotations.NullMarked;
