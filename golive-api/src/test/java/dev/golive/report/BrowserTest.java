package dev.golive.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.golive.Report;
import dev.golive.SampleReports;
import dev.golive.launch.LaunchReport;
import dev.golive.launch.SampleLaunches;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page in a real browser. */
class BrowserTest {

    @TempDir
    static Path profile;

    private static Browser browser;

    @TempDir
    Path directory;

    @BeforeAll
    static void start() throws Exception {
        assumeThat(Browser.executable())
                .as("this test needs a browser: one of " + Browser.NAMES + " on the PATH or in /usr/bin")
                .isPresent();
        browser = Browser.start(Browser.executable().get(), profile);
    }

    @AfterAll
    static void stop() throws Exception {
        if (browser != null) {
            browser.close();
        }
    }

    @Test
    void the_page_requests_nothing_and_the_console_stays_empty() throws Exception {
        Path page = open(SampleReports.launch());
        assertThat(browser.requests()).containsExactly(page.toUri().toString());
        assertThat(browser.complaints()).isEmpty();
        assertThat(browser.text("document.title")).isEqualTo("NO GO · Shop 1.0 on App Runner in production");
        assertThat(browser.text("document.querySelector('h1').innerText")).contains("NO GO");
    }

    @Test
    void choosing_a_status_hides_the_others() throws Exception {
        open(SampleReports.launch());
        assertThat(visible()).isEqualTo(17);
        browser.evaluate("document.getElementById('show-blocked').click()");
        assertThat(visible()).isEqualTo(3);
        assertThat(browser.text("document.getElementById('shown').value")).isEqualTo("3 of 17 shown");
        browser.evaluate("document.getElementById('show-all').click()");
        assertThat(visible()).isEqualTo(17);
    }

    @Test
    void choosing_a_status_works_without_the_script() throws Exception {
        browser.scripts(false);
        try {
            open(SampleReports.launch());
            assertThat(browser.text("String(document.querySelector('.tools').hidden)"))
                    .isEqualTo("true");
            browser.evaluate("document.getElementById('show-failed').checked = true");
            assertThat(visible()).isEqualTo(1);
        } finally {
            browser.scripts(true);
        }
    }

    @Test
    void a_search_finds_words_in_facts() throws Exception {
        open(SampleReports.large(1_000));
        search("needle-777");
        assertThat(visible()).isEqualTo(1);
        assertThat(browser.number("document.querySelectorAll('.list:not([hidden])').length"))
                .isEqualTo(1);
        search("no such thing");
        assertThat(visible()).isZero();
        assertThat(browser.text("document.querySelector('.none').innerText")).isEqualTo("No item matches.");
    }

    @Test
    void facts_expand_and_collapse() throws Exception {
        open(SampleReports.launch());
        String table = "document.querySelector('#item-certificate table').checkVisibility()";
        assertThat(browser.evaluate(table).asBoolean()).isFalse();
        browser.evaluate(
                "document.getElementById('item-certificate').closest('details').querySelector('summary').click()");
        assertThat(browser.evaluate(table).asBoolean()).isTrue();
        browser.evaluate("document.getElementById('expand').click()");
        assertThat(browser.number("document.querySelectorAll('.item > details[open]').length"))
                .isEqualTo(17);
        browser.evaluate("document.getElementById('expand').click()");
        assertThat(browser.number("document.querySelectorAll('.item > details[open]').length"))
                .isZero();
    }

    @Test
    void a_link_to_the_root_cause_leads_there_even_if_it_is_filtered_away() throws Exception {
        open(SampleReports.launch());
        browser.evaluate("document.getElementById('show-blocked').click()");
        browser.evaluate("new Promise(done => { addEventListener('hashchange', () => setTimeout(done));"
                + " document.querySelector('.item.blocked .causes a').click(); })");
        assertThat(browser.text("location.hash")).isEqualTo("#item-health");
        assertThat(browser.evaluate("document.getElementById('item-health').checkVisibility()")
                        .asBoolean())
                .isTrue();
        assertThat(browser.text("document.activeElement.closest('.item').querySelector('.evidence').id"))
                .isEqualTo("item-health");
    }

    @Test
    void hostile_text_is_shown_and_does_nothing() throws Exception {
        Path page = open(SampleReports.hostile());
        browser.evaluate("document.getElementById('expand').click()");
        assertThat(browser.text("typeof window.hacked")).isEqualTo("undefined");
        assertThat(browser.number("document.querySelectorAll('img, iframe, object, embed, main script').length"))
                .isZero();
        assertThat(browser.requests()).containsExactly(page.toUri().toString());
        assertThat(browser.complaints()).isEmpty();
        assertThat(browser.text("document.querySelector('.sentence').closest('main').innerText"))
                .contains(SampleReports.HOSTILE.get(0));
    }

    @Test
    void a_script_that_got_into_the_page_would_not_run() throws Exception {
        open(SampleReports.launch());
        browser.evaluate("const s = document.createElement('script'); s.textContent = 'window.hacked = 1';"
                + " document.body.append(s)");
        assertThat(browser.text("typeof window.hacked")).isEqualTo("undefined");
        assertThat(browser.complaints()).anyMatch(text -> text.contains("Content Security Policy"));
    }

    /** Measures real time, with room for a busy machine. */
    @Test
    void a_thousand_items_are_all_there_within_a_few_seconds() throws Exception {
        open(SampleReports.large(1_000));
        assertThat(visible()).isEqualTo(1_000);
        assertThat(browser.number("performance.getEntriesByType('navigation')[0].loadEventEnd"))
                .isLessThan(Duration.ofSeconds(5).toMillis());
    }

    @Test
    void text_has_the_contrast_of_wcag_level_aa_in_light_and_in_dark() throws Exception {
        for (String scheme : new String[] {"light", "dark"}) {
            browser.emulate("", scheme);
            open(SampleReports.launch());
            browser.evaluate("document.getElementById('expand').click()");
            assertThat(browser.text(POOR_CONTRAST)).as(scheme).isEmpty();
        }
        browser.emulate("", "light");
    }

    @Test
    void a_phone_shows_the_page_without_scrolling_sideways() throws Exception {
        browser.width(390);
        try {
            for (Report report : new Report[] {SampleReports.launch(), SampleReports.hostile()}) {
                open(report);
                browser.evaluate("document.getElementById('expand').click()");
                assertThat(browser.number("document.documentElement.scrollWidth"))
                        .isLessThanOrEqualTo(390);
            }
        } finally {
            browser.width(1280);
        }
    }

    @Test
    void a_print_is_light_and_has_no_controls() throws Exception {
        browser.emulate("print", "dark");
        try {
            open(SampleReports.launch());
            assertThat(browser.text("getComputedStyle(document.body).backgroundColor"))
                    .isEqualTo("rgb(255, 255, 255)");
            assertThat(browser.evaluate("document.querySelector('.filter').checkVisibility()")
                            .asBoolean())
                    .isFalse();
        } finally {
            browser.emulate("", "light");
        }
    }

    @Test
    void a_launch_requests_nothing_can_be_read_in_both_schemes_and_fits_every_screen() throws Exception {
        List<String> texts = SampleReports.HOSTILE.stream()
                .map(text -> text.replaceAll("[\\uD800-\\uDFFF]", ""))
                .toList();
        LaunchReport report = SampleLaunches.report(SampleLaunches.rolledBack(String.join(" ", texts)));
        for (LaunchReports.View view : LaunchReports.View.values()) {
            Path page = LaunchReports.write(report, view, ReportFormat.HTML, directory.resolve(view + ".html"));
            for (String scheme : new String[] {"light", "dark"}) {
                browser.emulate("", scheme);
                browser.open(page.toUri());
                assertThat(browser.requests())
                        .as(view + "")
                        .containsExactly(page.toUri().toString());
                assertThat(browser.complaints()).as(view + "").isEmpty();
                assertThat(browser.text(POOR_CONTRAST)).as(view + " " + scheme).isEmpty();
                assertThat(browser.text("String(window.hacked)")).isEqualTo("undefined");
                assertThat(browser.text("getComputedStyle(document.querySelector('svg rect')).fill"))
                        .isNotEqualTo("rgb(0, 0, 0)");
            }
            browser.emulate("", "light");
            for (int width : new int[] {390, 768, 1280}) {
                browser.width(width);
                browser.open(page.toUri());
                assertThat(browser.number("document.documentElement.scrollWidth"))
                        .as(view + " at " + width)
                        .isLessThanOrEqualTo(width);
            }
        }
    }

    private Path open(Report report) throws Exception {
        Path page = ReportFormat.HTML.write(report, directory.resolve("golive-report.html"));
        browser.open(page.toUri());
        return page;
    }

    private static void search(String words) throws Exception {
        browser.evaluate("const s = document.getElementById('search'); s.value = '" + words
                + "'; s.dispatchEvent(new Event('input'))");
    }

    private static int visible() throws Exception {
        JsonNode count = browser.evaluate(
                "[...document.querySelectorAll('.item')].filter(item => item.getClientRects().length > 0).length");
        return count.asInt();
    }

    /** The contrast ratio of WCAG 2.2 (success criterion 1.4.3) of every piece of text; gives those below 4.5. */
    private static final String POOR_CONTRAST = """
            (() => {
              const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
              const paint = (layers) => {
                canvas.fillStyle = '#fff'; canvas.fillRect(0, 0, 1, 1);
                for (const layer of layers) { canvas.fillStyle = layer; canvas.fillRect(0, 0, 1, 1); }
                return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3);
              };
              const light = (rgb) => rgb.map(v => v / 255).map(v => v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4)
                .reduce((sum, v, i) => sum + v * [.2126, .7152, .0722][i], 0);
              const poor = new Set();
              for (const element of document.body.querySelectorAll('*')) {
                const own = [...element.childNodes].some(n => n.nodeType === 3 && n.data.trim());
                if (!own || !element.checkVisibility() || element.closest('.skip, script')) continue;
                const layers = [];
                for (let e = element; e; e = e.parentElement) layers.unshift(getComputedStyle(e).backgroundColor);
                const back = light(paint(layers));
                const front = light(paint([...layers, getComputedStyle(element).color]));
                const ratio = (Math.max(back, front) + .05) / (Math.min(back, front) + .05);
                if (ratio < 4.5) poor.add(element.tagName + '.' + element.className + ' ' + ratio.toFixed(2));
              }
              return [...poor].join(', ');
            })()
            """;
}
