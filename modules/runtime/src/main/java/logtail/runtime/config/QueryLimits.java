package logtail.runtime.config;

/**
 * What one gRPC service answers at most (D28, D29).
 *
 * @param messageBytes longest answer or snapshot
 * @param requestBytes longest request
 * @param workers queries computed at the same time
 * @param queue queries that wait for a worker; more are refused
 * @param subscriberBuffer snapshots held for a slow subscriber; more are dropped and counted
 * @param n rows of one answer
 * @param regexBytes longest regular expression
 */
public record QueryLimits(
        int messageBytes, int requestBytes, int workers, int queue, int subscriberBuffer, int n, int regexBytes) {
    static QueryLimits of(Settings settings, Section section) {
        return new QueryLimits(
                settings.get(section, ConfigKeys.LIMITS_MESSAGE_BYTES),
                settings.get(section, ConfigKeys.LIMITS_REQUEST_BYTES),
                settings.get(section, ConfigKeys.LIMITS_QUERY_WORKERS),
                settings.get(section, ConfigKeys.LIMITS_QUERY_QUEUE),
                settings.get(section, ConfigKeys.LIMITS_SUBSCRIBER_BUFFER),
                settings.get(section, ConfigKeys.LIMITS_N),
                settings.get(section, ConfigKeys.LIMITS_REGEX_BYTES));
    }
}
