package logtail.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import logtail.verify.harness.Await;
import logtail.verify.harness.Browser;
import logtail.verify.harness.Http;
import logtail.verify.harness.Launch;
import logtail.verify.harness.LogtailProcess;
import logtail.verify.harness.NeedsJar;
import logtail.verify.harness.Tools;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The pages over the demo, in a real browser. */
@NeedsJar
class BrowserTest {
    /** {@code axe.min.js} of axe-core, for those who have it. */
    private static final String AXE = "/axe.min.js";

    private static final List<String> PAGES = List.of(
            "/?refresh=0",
            "/?by=uri&w=60m&refresh=0",
            "/?by=uri&w=15m&refresh=0&f_website=blog.example.org&f_status=%3E%3D400",
            "/?refresh=0&q=status%3E%3E",
            "/?refresh=0&f_website=nowhere.example",
            "/?refresh=0&w=nothing",
            "/status",
            "/nothing");

    private static LogtailProcess demo;
    private static Browser browser;
    private static int http;

    @BeforeAll
    static void start() {
        Tools.require("chromium");
        demo = Launch.of("demo", "--listen", "127.0.0.1:0", "--prom-listen", "", "--frontend-listen", "127.0.0.1:0")
                .start();
        http = demo.port("http", "frontend");
        Await.until(
                "the attack to be on top",
                Duration.ofSeconds(60),
                () -> Http.get(http, "/?refresh=0").body(),
                page -> page.contains("203.0.113.0/24") || firstWebsite(page).contains("blog.example.org"));
        browser = Browser.start();
    }

    private static String firstWebsite(String page) {
        int rank = page.indexOf("<td class=\"rank\">1</td>");
        return rank < 0 ? "" : page.substring(rank, Math.min(page.length(), rank + 300));
    }

    @AfterAll
    static void stop() {
        if (browser != null) {
            browser.close();
        }
        if (demo != null) {
            demo.close();
        }
    }

    private static void open(String pathAndQuery) {
        browser.open("http://127.0.0.1:" + http + pathAndQuery);
    }

    /** From "something is wrong" to "there he is". */
    @Test
    void twoClicksLeadFromAColdPageToTheAttacker() {
        browser.look(1280, 900, false);
        open("/?w=60m&refresh=0");

        browser.click("#rows tbody tr:first-child th a");
        browser.click("#rows tbody tr:first-child th a");

        assertThat(browser.url()).contains("f_website=blog.example.org").contains("f_prefix=203.0.113.0/24");
        assertThat(browser.evaluate("document.querySelector('#rows tbody tr:first-child th').innerText.trim()"))
                .isEqualTo("/wp-login.php");
        assertThat(browser.evaluate("document.querySelectorAll('.crumb').length"))
                .isEqualTo(2);

        browser.click(".crumb .remove");
        assertThat(browser.url()).doesNotContain("f_website").contains("f_prefix=203.0.113.0/24");
    }

    @ParameterizedTest
    @CsvSource({"/, Pause", "/?refresh=0, Resume"})
    void theFirstLinkOfThePageStopsIt(String page, String text) {
        open(page);

        assertThat(browser.evaluate("document.querySelector('a').innerText")).isEqualTo(text);
        browser.click("a");

        assertThat(browser.evaluate("document.querySelector('a').innerText"))
                .isEqualTo(text.equals("Pause") ? "Resume" : "Pause");
    }

    /** FR-6.1: nothing but this origin, and no error of the policy. */
    @Test
    void nothingComesFromElsewhere() {
        for (String page : PAGES) {
            open(page);
            Object foreign = browser.evaluate("performance.getEntriesByType('resource').map(e => e.name)"
                    + ".filter(name => !name.startsWith(location.origin)).join()");
            assertThat(foreign).as(page).isEqualTo("");
            assertThat(browser.evaluate("document.styleSheets.length")).as(page).isEqualTo(1);
            assertThat(browser.evaluate("document.scripts.length")).as(page).isEqualTo(0);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {320, 480, 768, 1280})
    void noPageScrollsSideways(int width) {
        browser.look(width, 900, false);
        for (String page : PAGES) {
            open(page);
            assertThat((Integer) browser.evaluate("document.documentElement.scrollWidth"))
                    .as(page)
                    .isLessThanOrEqualTo(width);
        }
    }

    @ParameterizedTest
    @CsvSource({"1280, false", "1280, true", "320, false", "320, true"})
    void axeFindsNothing(int width, boolean dark) throws IOException {
        String axe;
        try (InputStream script = Objects.requireNonNull(BrowserTest.class.getResourceAsStream(AXE))) {
            axe = new String(script.readAllBytes(), StandardCharsets.UTF_8);
        }
        browser.look(width, 900, dark);
        JsonArray all = new JsonArray();
        for (String page : PAGES) {
            open(page);
            browser.evaluate(axe + "; 0");
            Object found =
                    browser.evaluate("axe.run(document).then(r => JSON.stringify(r.violations.map(v => v.id + ': '"
                            + " + v.nodes.map(n => n.html.slice(0, 120) + ' ' + n.failureSummary).join(' | '))))");
            new JsonArray(String.valueOf(found)).forEach(violation -> all.add(page + " " + violation));
        }
        assertThat(all).isEmpty();
    }

    /** The whole of the first screen, pictures included. */
    @Test
    void busyPageFitsIntoSixtyKilobytes() {
        assertThat(Http.get(http, "/?by=uri&w=60m").body())
                .contains("class=\"spark\"")
                .hasSizeLessThan(60_000);
    }
}
