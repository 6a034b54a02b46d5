package dev.golive.report;

import dev.golive.Fact;
import dev.golive.ItemResult;
import dev.golive.Release;
import dev.golive.Report;
import dev.golive.Status;
import dev.golive.Verdict;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Reports as JUnit XML, see {@link ReportFormat#JUNIT_XML}. */
final class JunitXml {

    /** What CI servers make of a status. */
    private enum Element {
        NONE,
        FAILURE,
        ERROR,
        SKIPPED;

        static Element of(Status status) {
            return switch (status) {
                case PASSED, WARNED, WAIVED -> NONE;
                case FAILED -> FAILURE;
                case UNKNOWN, STALE, BLOCKED -> ERROR;
                case PENDING, NOT_APPLICABLE -> SKIPPED;
            };
        }
    }

    private record Case(
            String name, String className, Duration took, Element element, String type, String why, String out) {}

    private record Suite(String name, List<Report.Source> sources, List<Case> cases) {

        long count(Element element) {
            return cases.stream().filter(one -> one.element == element).count();
        }

        Duration took() {
            return sources.stream()
                    .map(Report.Source::took)
                    .max(Duration::compareTo)
                    .orElse(Duration.ZERO);
        }
    }

    private final Report report;
    private final XMLStreamWriter xml;

    private JunitXml(Report report, XMLStreamWriter xml) {
        this.report = report;
        this.xml = xml;
    }

    static String render(Report report) {
        StringWriter text = new StringWriter();
        try {
            // the JDK's own, whatever else is on the class path
            XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
            new JunitXml(report, xml).write(suites(report));
            xml.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("writing XML to memory does not fail", e);
        }
        return text.append('\n').toString();
    }

    private static List<Suite> suites(Report report) {
        Map<String, Suite> suites = new LinkedHashMap<>();
        for (Report.Source source : report.sources()) {
            suites.computeIfAbsent(source.list(), name -> new Suite(name, new ArrayList<>(), new ArrayList<>()))
                    .sources
                    .add(source);
        }
        for (ItemResult result : report.results()) {
            suites.computeIfAbsent(result.list(), name -> new Suite(name, List.of(), new ArrayList<>()))
                    .cases
                    .add(new Case(
                            result.sentence() + " [" + result.id() + "]",
                            className(report, result.list()),
                            result.took(),
                            Element.of(result.status()),
                            result.status().name(),
                            (result.isRequired() ? "" : "(recommended) ")
                                    + (result.why().isBlank() ? Words.lower(result.status()) : result.why()),
                            evidence(result)));
        }
        List<Suite> all = new ArrayList<>(suites.values());
        boolean good = report.verdict() == Verdict.GO || report.verdict() == Verdict.CONDITIONAL_GO;
        boolean red = all.stream().anyMatch(suite -> suite.count(Element.FAILURE) + suite.count(Element.ERROR) > 0);
        if (!good && !red) {
            Case verdict = new Case(
                    "The verdict is GO",
                    className(report, "verdict"),
                    Duration.ZERO,
                    Element.ERROR,
                    report.verdict().name(),
                    report.headline(),
                    report.summary());
            all.add(new Suite("verdict", List.of(), List.of(verdict)));
        }
        return all;
    }

    /** Readers take what stands before the last dot as the package, so the parts must have no dot of their own. */
    private static String className(Report report, String list) {
        return "golive." + report.environment().name().replace('.', '_') + "." + list.replace('.', '_');
    }

    private static String evidence(ItemResult result) {
        StringBuilder text =
                new StringBuilder(Words.of(result.status())).append(": ").append(result.sentence());
        if (!result.why().isBlank()) {
            text.append("\n").append(result.why());
        }
        if (!result.because().isBlank()) {
            text.append("\nbecause ").append(result.because());
        }
        if (!result.blockedBy().isEmpty()) {
            text.append("\nblocked by ").append(String.join(", ", result.blockedBy()));
        }
        for (Fact fact : result.facts()) {
            text.append("\n  ").append(fact);
        }
        return text.toString();
    }

    private void write(List<Suite> suites) throws XMLStreamException {
        xml.writeStartDocument("UTF-8", "1.0");
        xml.writeCharacters("\n");
        xml.writeStartElement("testsuites");
        attribute("name", report.title() + " in " + report.environment().name());
        attribute(
                "tests", suites.stream().mapToLong(suite -> suite.cases.size()).sum());
        attribute(
                "failures",
                suites.stream().mapToLong(suite -> suite.count(Element.FAILURE)).sum());
        attribute(
                "errors",
                suites.stream().mapToLong(suite -> suite.count(Element.ERROR)).sum());
        attribute("time", seconds(report.took()));
        for (Suite suite : suites) {
            write(suite);
        }
        end(0);
        xml.writeEndDocument();
    }

    private void write(Suite suite) throws XMLStreamException {
        start(1, "testsuite");
        attribute("name", suite.name);
        attribute("tests", suite.cases.size());
        attribute("failures", suite.count(Element.FAILURE));
        attribute("errors", suite.count(Element.ERROR));
        attribute("skipped", suite.count(Element.SKIPPED));
        attribute("time", seconds(suite.took()));
        Instant startedAt = suite.sources.stream()
                .map(Report.Source::startedAt)
                .min(Instant::compareTo)
                .orElse(report.startedAt());
        // the schema's readers expect no offset; it is UTC
        attribute(
                "timestamp",
                DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(
                        LocalDateTime.ofInstant(startedAt, ZoneOffset.UTC).truncatedTo(ChronoUnit.SECONDS)));
        start(2, "properties");
        property("environment", report.environment().name());
        property("production", String.valueOf(report.environment().isProduction()));
        property("verdict", report.verdict().name());
        property("headline", report.headline());
        for (Report.Source source : suite.sources) {
            property("digest", source.digest());
            Release release = source.release();
            if (release != null) {
                property("release", release.toString());
                if (release.commit() != null) {
                    property("commit", release.commit());
                }
            }
            if (source.vantagePoint() != null) {
                property("vantagePoint", source.vantagePoint());
            }
        }
        end(2);
        for (Case one : suite.cases) {
            write(one);
        }
        end(1);
    }

    private void property(String name, String value) throws XMLStreamException {
        start(3, "property");
        attribute("name", name);
        attribute("value", value);
        xml.writeEndElement();
    }

    private void write(Case one) throws XMLStreamException {
        start(2, "testcase");
        attribute("name", one.name);
        attribute("classname", one.className);
        attribute("time", seconds(one.took));
        if (one.element == Element.NONE) {
            start(3, "system-out");
        } else {
            start(
                    3,
                    switch (one.element) {
                        case FAILURE -> "failure";
                        case ERROR -> "error";
                        default -> "skipped";
                    });
            attribute("type", one.type);
            attribute("message", one.why);
        }
        xml.writeCharacters(Words.visible(one.out));
        xml.writeEndElement();
        end(2);
    }

    private void start(int depth, String name) throws XMLStreamException {
        xml.writeCharacters("\n" + "  ".repeat(depth));
        xml.writeStartElement(name);
    }

    private void end(int depth) throws XMLStreamException {
        xml.writeCharacters("\n" + "  ".repeat(depth));
        xml.writeEndElement();
    }

    /** An attribute in one line: a parser would turn its line breaks into spaces anyway (XML 1.0 section 3.3.3). */
    private void attribute(String name, Object value) throws XMLStreamException {
        xml.writeAttribute(name, Words.line(String.valueOf(value)));
    }

    /** The schema allows three decimals. */
    private static String seconds(Duration duration) {
        return new BigDecimal(Words.seconds(duration))
                .setScale(3, RoundingMode.HALF_UP)
                .toPlainString();
    }
}
