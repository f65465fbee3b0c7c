package logtail.core.query;

/**
 * What a condition says of a row (D11). A folded field may have any value, so that a condition on it neither holds nor
 * fails. Of several conditions that all have to hold, the verdict is the bitwise or of their verdicts.
 */
final class Verdict {
    /** Nobody has looked yet; no verdict. */
    static final byte UNSEEN = 0;

    static final byte YES = 0b100;
    static final byte MAYBE = 0b101;
    static final byte NO = 0b110;

    private Verdict() {}

    static byte of(boolean holds) {
        return holds ? YES : NO;
    }

    static boolean isNo(byte verdict) {
        return (verdict & 0b010) != 0;
    }

    /** 1 when it surely matches, else 0: without a branch, which would be guessed wrong every other time. */
    static int sure(byte verdict) {
        return (verdict & 0b011) - 1 >>> Integer.SIZE - 1;
    }

    /** 1 when it may match, else 0. */
    static int maybe(byte verdict) {
        return verdict & ~(verdict >> 1) & 1;
    }
}
