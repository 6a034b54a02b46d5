/** The page of HTML: what it shows, prepared, and the template that shows it. Not exported. */
@NullMarked
package dev.golive.report.html;

import org.jspecify.annotations.NullMarked;
