package logtail.runtime.config;

import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Where values come from; the first that has a key wins.
 *
 * @param flags text by flag name without dashes
 * @param environment the environment variables
 * @param file what {@code -conf} gave, or null
 * @param hostName asked only when a key's default is the host's name
 */
public record Sources(
        Map<String, String> flags,
        Map<String, String> environment,
        @Nullable ConfigFile file,
        Supplier<String> hostName) {}
