package logtail.frontend;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** WCAG 2.2 AA: text stands out 4.5 to 1, graphics 3 to 1, in both palettes. */
class StylesheetTest {
    private static final Pattern COLOR = Pattern.compile("--([a-z-]+): (#[0-9a-f]{6});");

    @ParameterizedTest
    @CsvSource({
        "text, page, 4.5",
        "text, surface, 4.5",
        "text, hover, 4.5",
        "text, current, 4.5",
        "muted, page, 4.5",
        "muted, surface, 4.5",
        "muted, hover, 4.5",
        "muted, bad-page, 4.5",
        "muted, current, 4.5",
        "accent, page, 4.5",
        "accent, surface, 4.5",
        "accent, hover, 4.5",
        "accent, bad-page, 4.5",
        "good, page, 4.5",
        "good, surface, 4.5",
        "good, hover, 4.5",
        "warn, page, 4.5",
        "warn, surface, 4.5",
        "warn, hover, 4.5",
        "warn, current, 4.5",
        "bad, page, 4.5",
        "bad, surface, 4.5",
        "bad, hover, 4.5",
        "bad, bad-page, 4.5",
        "graph, surface, 3",
        "graph, hover, 3",
        "graph, page, 3"
    })
    void shouldStandOut(String color, String background, double least) {
        String css = Asset.of("style.css", "text/css").content().toString(StandardCharsets.UTF_8);
        int dark = css.indexOf("prefers-color-scheme: dark");
        for (String palette : List.of(css.substring(0, dark), css.substring(dark))) {
            Map<String, Double> luminances = luminances(palette);
            double found = contrast(
                    Objects.requireNonNull(luminances.get(color)), Objects.requireNonNull(luminances.get(background)));
            assertThat(found).isGreaterThanOrEqualTo(least);
        }
    }

    private static Map<String, Double> luminances(String css) {
        Map<String, Double> luminances = new HashMap<>();
        Matcher color = COLOR.matcher(css);
        while (color.find()) {
            luminances.put(
                    color.group(1), luminance(Integer.parseInt(color.group(2).substring(1), 16)));
        }
        return luminances;
    }

    private static double luminance(int rgb) {
        return 0.2126 * linear(rgb >> 16) + 0.7152 * linear(rgb >> 8) + 0.0722 * linear(rgb);
    }

    private static double linear(int channel) {
        double c = (channel & 0xff) / 255.0;
        return c <= 0.04045 ? c / 12.92 : Math.pow((c + 0.055) / 1.055, 2.4);
    }

    private static double contrast(double a, double b) {
        return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    }
}
