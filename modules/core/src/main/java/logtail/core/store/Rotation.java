package logtail.core.store;

/**
 * What a finished bucket leaves behind.
 *
 * @param bucket the bucket
 * @param view the first view that holds it
 */
public record Rotation(Bucket bucket, View view) {}
