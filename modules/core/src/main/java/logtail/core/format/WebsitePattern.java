package logtail.core.format;

/**
 * The website of logs whose format has none, from the name of the file: {@code *.access.log} takes what stands for the
 * star. A pattern without a star is the website itself; an empty one says nothing.
 */
public record WebsitePattern(String pattern) {
    public static final WebsitePattern NONE = new WebsitePattern("");

    /**
     * @throws IllegalArgumentException for more than one star
     */
    public WebsitePattern {
        if (pattern.indexOf('*') != pattern.lastIndexOf('*')) {
            throw new IllegalArgumentException("has more than one *");
        }
    }

    /**
     * The website of a file.
     *
     * @param fileName without directories
     * @param otherwise when the pattern says nothing of it
     */
    public String of(String fileName, String otherwise) {
        int star = pattern.indexOf('*');
        if (star < 0) {
            return pattern.isEmpty() ? otherwise : pattern;
        }
        String before = pattern.substring(0, star);
        String behind = pattern.substring(star + 1);
        boolean matches = fileName.length() > before.length() + behind.length()
                && fileName.startsWith(before)
                && fileName.endsWith(behind);
        return matches ? fileName.substring(before.length(), fileName.length() - behind.length()) : otherwise;
    }
}
