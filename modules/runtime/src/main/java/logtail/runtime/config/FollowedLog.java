package logtail.runtime.config;

import logtail.core.format.LogFormat;
import logtail.core.format.WebsitePattern;

/**
 * Log files to follow, with everything looked up.
 *
 * @param glob path or glob
 * @param format of their lines
 * @param website of lines whose format has none, by the name of the file
 */
public record FollowedLog(String glob, LogFormat format, WebsitePattern website) {
    /** Files in logtail's own format. */
    public static FollowedLog ofLogtail(String glob) {
        return new FollowedLog(glob, LogFormat.LOGTAIL, WebsitePattern.NONE);
    }
}
