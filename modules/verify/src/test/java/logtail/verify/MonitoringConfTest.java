package logtail.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import logtail.verify.harness.Jar;
import logtail.verify.harness.Promtool;
import logtail.verify.harness.Tools;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is shipped for Prometheus and Grafana, without running either. */
class MonitoringConfTest {
    private static final Path CONF = Jar.root().resolve("conf");

    private static String prometheus(String file) {
        return CONF.resolve("prometheus").resolve(file).toString();
    }

    @ParameterizedTest
    @ValueSource(strings = {"logtail.rules.yml", "logtail.alerts.yml"})
    void rulesAreValid(String file) {
        Tools.Result result = Promtool.run("check", "rules", prometheus(file)).ok();
        assertThat(result.stdout() + result.stderr()).contains("SUCCESS").doesNotContain("WARN");
    }

    @Test
    void scrapeConfigurationIsValidAndNamesTheRules() {
        Tools.Result result =
                Promtool.run("check", "config", prometheus("prometheus.yml")).ok();
        assertThat(result.stdout()).contains("SUCCESS: 2 rule files found");
    }

    @Test
    void everyAlertSpeaksWhenItShouldAndOnlyThen() throws IOException {
        Promtool.run("test", "rules", prometheus("logtail.test.yml")).ok();
        String tests = Files.readString(Path.of(prometheus("logtail.test.yml")));
        for (String alert : find("alert: (\\w+)", Files.readString(Path.of(prometheus("logtail.alerts.yml"))))) {
            assertThat(tests)
                    .containsPattern("alertname: " + alert + ", exp_alerts: \\[]")
                    .containsPattern("alertname: " + alert + "\\n +exp_alerts:\\n +- exp_labels");
        }
    }

    @Test
    void onlyDocumentedMetricsAreAskedFor() throws IOException {
        Set<String> documented =
                find("(?m)^\\| `(\\w+)`", Files.readString(Jar.root().resolve("docs/metrics.md")));
        String asked = Files.readString(Path.of(prometheus("logtail.rules.yml")))
                + Files.readString(Path.of(prometheus("logtail.alerts.yml")))
                + Files.readString(CONF.resolve("grafana/logtail.json"));
        Set<String> names = find("\\b((?:nginx_http|logtail|jvm|process)_\\w+)(?=[\\[{ )])", asked).stream()
                .map(name -> name.replaceAll("(_bucket|_sum|_count)$", ""))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(names).hasSizeGreaterThan(30);
        assertThat(documented).containsAll(names);
    }

    @Test
    void dashboardIsOneOfItsOwnWithEveryPanelExplainedByItsTitle() throws IOException {
        JsonObject dashboard = new JsonObject(Files.readString(CONF.resolve("grafana/logtail.json")));
        assertThat(dashboard.getString("uid")).isEqualTo("logtail");
        assertThat(dashboard.containsKey("id")).isFalse();
        JsonArray panels = dashboard.getJsonArray("panels");
        List<JsonObject> all = panels.stream().map(JsonObject.class::cast).toList();
        assertThat(all).allMatch(panel -> !panel.getString("title").isEmpty());
        assertThat(all.stream().map(panel -> panel.getInteger("id"))).doesNotHaveDuplicates();
        assertThat(all.stream()
                        .map(panel -> panel.getJsonObject("gridPos").getInteger("x") + ","
                                + panel.getJsonObject("gridPos").getInteger("y")))
                .doesNotHaveDuplicates();
    }

    private static Set<String> find(String pattern, String text) {
        Set<String> found = new TreeSet<>();
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        while (matcher.find()) {
            found.add(matcher.group(1));
        }
        return found;
    }
}
