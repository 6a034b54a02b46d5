package dev.golive.report;

import dev.golive.Report;

final class Html {
    private Html() {}

    static String render(Report report) {
        return "";
    }
}
