/** How a service shows itself to its operators: metrics, health, readiness. */
@NullMarked
package logtail.runtime.telemetry;

import org.jspecify.annotations.NullMarked;
