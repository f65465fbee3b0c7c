/** What the benchmarks measure on: traffic by a model, full rings, and the peer. */
@NullMarked
package logtail.verify.bench;

import org.jspecify.annotations.NullMarked;
