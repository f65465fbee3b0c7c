package logtail.core.line;

/**
 * Where a batch of a file ends: everything before it has been read.
 *
 * @param file identity of the file, opaque to everybody but its source
 * @param offset bytes from the start of the file
 */
public record Position(Object file, long offset) {}
