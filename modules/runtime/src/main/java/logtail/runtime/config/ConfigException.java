package logtail.runtime.config;

/**
 * A configuration that cannot be used. The message is the one line for the operator: where (file, flag or environment
 * variable), which key, what is wrong, the nearest valid key. Programs stop with exit code 2.
 */
public final class ConfigException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ConfigException(String line) {
        // The line says everything; where in our code it was found helps nobody.
        super(line, null, false, false);
    }

    static ConfigException at(String where, String what) {
        return new ConfigException(where + ": " + what);
    }
}
