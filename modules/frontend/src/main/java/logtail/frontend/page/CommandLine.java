package logtail.frontend.page;

import logtail.core.query.lang.Expression;
import logtail.frontend.query.PageQuery;

/** A page as the command that prints the same ranking (FR-7). */
final class CommandLine {
    private CommandLine() {}

    /**
     * For a POSIX shell.
     *
     * @param address of the node
     * @return empty when a value holds something that could not be copied from a page
     */
    static String of(PageQuery query, String address) {
        StringBuilder command = new StringBuilder("logtail topn --target ")
                .append(quoted(address))
                .append(" --window ")
                .append(query.window().text())
                .append(" --group-by ")
                .append(query.by().name())
                .append(" -n ")
                .append(query.n());
        if (!query.terms().isEmpty()) {
            command.append(" --q ").append(quoted(Expression.print(query.terms())));
        }
        String text = command.toString();
        return Shown.of(text).equals(text) ? text : "";
    }

    private static String quoted(String text) {
        return text.matches("[A-Za-z0-9_./:-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
    }
}
