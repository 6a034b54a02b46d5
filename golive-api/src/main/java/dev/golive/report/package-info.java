/**
 * Reports for people and machines: text, Markdown, JSON, JUnit XML, Prometheus and a page of HTML.
 *
 * <p>A {@link dev.golive.report.ReportFormat} turns a report into text; {@link dev.golive.report.Reports} writes several
 * at once; {@link dev.golive.report.ConsoleProgress} shows a run while it takes place;
 * {@link dev.golive.report.LaunchReports} writes what happened in a launch. Nothing here reads a clock: a
 * report rendered twice gives the same text.
 */
@NullMarked
package dev.golive.report;

import org.jspecify.annotations.NullMarked;
