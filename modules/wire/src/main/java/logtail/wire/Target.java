package logtail.wire;

import logtail.core.store.View;

/**
 * A node that somebody can ask (FR-5.4).
 *
 * @param name display name
 * @param addr gRPC address; empty means the endpoint that said so
 * @param state how current its data is
 * @param ageSeconds seconds since its newest bucket ended, never below 0; 0 while there is none
 */
public record Target(String name, String addr, Freshness state, long ageSeconds) {

    /** What a node says of itself. */
    public static Target self(String name, View view, long nowSeconds) {
        if (view.endSeconds() == Long.MIN_VALUE) {
            return new Target(name, "", Freshness.NEVER, 0);
        }
        long ageSeconds = Math.max(0, nowSeconds - view.endSeconds());
        return new Target(name, "", Freshness.ofAge(ageSeconds, view.fineSeconds()), ageSeconds);
    }
}
