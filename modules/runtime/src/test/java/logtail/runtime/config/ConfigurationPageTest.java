package logtail.runtime.config;

import java.io.IOException;
import java.util.stream.Collectors;
import logtail.runtime.docs.GeneratedPart;
import org.junit.jupiter.api.Test;

/** The table in {@code docs/configuration.md} is what the code says; {@code -Dlogtail.docs.write=true} writes it. */
class ConfigurationPageTest {
    @Test
    void shouldListEveryKeyAsTheCodeHasIt() throws IOException {
        new GeneratedPart("configuration.md", "keys").shouldRead(table());
    }

    private static String table() {
        StringBuilder table =
                new StringBuilder("| key | flag | default | value | programs | |\n|---|---|---|---|---|---|\n");
        for (ConfigKey<?> key : ConfigKeys.ALL) {
            String row = String.join(
                    " | ",
                    code(key.name()),
                    code("--" + key.flag()),
                    defaults(key),
                    cell(key.type().allowed()),
                    key.sections().stream().map(Section::id).collect(Collectors.joining(", ")),
                    cell(key.about()));
            table.append("| ").append(row).append(" |\n");
        }
        return table.append('\n').append(demo()).toString();
    }

    /** Where the demo differs. */
    private static String demo() {
        return Program.DEMO.slots().stream()
                .filter(slot -> slot.key() != ConfigKeys.TARGET)
                .filter(slot -> !slot.defaultText().equals(slot.key().defaultText(slot.section())))
                .map(slot -> code(slot.path()) + " is " + code(slot.defaultText()))
                .collect(Collectors.joining(", ", "In `demo`, ", " unless set.\n"));
    }

    /** One default for all programs, or each program's. */
    private static String defaults(ConfigKey<?> key) {
        boolean same = key.sections().stream().map(key::defaultText).distinct().count() == 1;
        if (same) {
            return text(key.defaultText(key.sections().iterator().next()));
        }
        return key.sections().stream()
                .map(section -> text(key.defaultText(section)) + " " + section.id())
                .collect(Collectors.joining(", "));
    }

    private static String text(String value) {
        if (value.equals(ConfigKeys.HOST_NAME)) {
            return "the host's name";
        }
        return value.isEmpty() ? "none" : code(value);
    }

    private static String code(String text) {
        return "`" + text + "`";
    }

    private static String cell(String text) {
        return text.replace("|", "\\|");
    }
}
