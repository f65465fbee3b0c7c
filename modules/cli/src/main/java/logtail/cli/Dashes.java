package logtail.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Accepts every flag with one dash or two (D30). */
final class Dashes {
    private Dashes() {}

    /**
     * Spells known flags as they are known; anything else stays as it is, so that values may begin with a dash.
     *
     * @param known flags with their dashes
     */
    static List<String> normalise(List<String> args, Set<String> known) {
        List<String> normal = new ArrayList<>(args.size());
        boolean flagsEnded = false;
        for (String arg : args) {
            flagsEnded |= arg.equals("--");
            normal.add(flagsEnded ? arg : normalise(arg, known));
        }
        return normal;
    }

    private static String normalise(String arg, Set<String> known) {
        if (!arg.startsWith("-")) {
            return arg;
        }
        int equals = arg.indexOf('=');
        String flag = equals < 0 ? arg : arg.substring(0, equals);
        String other = flag.startsWith("--") ? flag.substring(1) : "-" + flag;
        boolean misspelt = !known.contains(flag) && known.contains(other);
        return misspelt ? other + arg.substring(flag.length()) : arg;
    }
}
