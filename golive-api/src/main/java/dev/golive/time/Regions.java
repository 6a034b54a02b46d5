package dev.golive.time;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneRules;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Which zones name a place, and what to write instead of those that do not. */
final class Regions {

    private static final Set<String> UTC = Set.of("UTC", "Etc/UTC");
    private static final Set<String> NO_PLACES = Set.of("Etc", "SystemV");
    private static final String EXAMPLE = "Europe/Stockholm";
    private static final int SHOWN = 60;

    /** What people write for the zone of a place, some of it meant by several of them: an example is all it gives. */
    private static final Map<String, String> EXAMPLES = Map.ofEntries(
            Map.entry("BST", "Europe/London"),
            Map.entry("WET", "Europe/Lisbon"),
            Map.entry("CET", EXAMPLE),
            Map.entry("CEST", EXAMPLE),
            Map.entry("MET", EXAMPLE),
            Map.entry("EET", "Europe/Helsinki"),
            Map.entry("EST", "America/New_York"),
            Map.entry("EDT", "America/New_York"),
            Map.entry("EST5EDT", "America/New_York"),
            Map.entry("CST", "America/Chicago"),
            Map.entry("CST6CDT", "America/Chicago"),
            Map.entry("MST", "America/Denver"),
            Map.entry("MST7MDT", "America/Denver"),
            Map.entry("PST", "America/Los_Angeles"),
            Map.entry("PST8PDT", "America/Los_Angeles"),
            Map.entry("HST", "Pacific/Honolulu"),
            Map.entry("IST", "Asia/Kolkata"),
            Map.entry("JST", "Asia/Tokyo"),
            Map.entry("AEST", "Australia/Sydney"),
            Map.entry("GB", "Europe/London"),
            Map.entry("Iceland", "Atlantic/Reykjavik"),
            Map.entry("NZ", "Pacific/Auckland"),
            Map.entry("PRC", "Asia/Shanghai"),
            Map.entry("Turkey", "Europe/Istanbul"));

    private Regions() {}

    static ZoneId region(String id) {
        Objects.requireNonNull(id, "zone must not be null");
        ZoneId zone;
        try {
            zone = ZoneId.of(id);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(refused(id, null), e);
        }
        return region(zone);
    }

    static ZoneId region(ZoneId zone) {
        Objects.requireNonNull(zone, "zone must not be null");
        if (!isRegion(zone.getId())) {
            throw new IllegalArgumentException(refused(zone.getId(), zone));
        }
        return zone;
    }

    static boolean isRegion(String id) {
        int slash = id.indexOf('/');
        return UTC.contains(id) || (slash > 0 && !NO_PLACES.contains(id.substring(0, slash)));
    }

    private static String refused(String id, @Nullable ZoneId zone) {
        String shown = id.length() > SHOWN ? id.substring(0, SHOWN) + "..." : id;
        return "zone must be the id of a region, for which the rules of daylight saving are known, but was \"" + shown
                + "\"; use " + proposal(id, zone);
    }

    private static String proposal(String id, @Nullable ZoneId zone) {
        String example = EXAMPLES.get(id);
        if (example == null) {
            String place = "/" + id.toLowerCase(Locale.ROOT);
            example = find(other -> ("/" + other).toLowerCase(Locale.ROOT).endsWith(place));
        }
        if (example == null && zone != null) {
            ZoneRules rules = zone.getRules();
            if (!rules.isFixedOffset()) {
                example = find(other -> ZoneId.of(other).getRules().equals(rules));
            } else if (rules.getOffset(Instant.EPOCH).equals(ZoneOffset.UTC)) {
                return "UTC, or a region id such as " + EXAMPLE;
            }
        }
        return "a region id such as " + (example == null ? EXAMPLE : example);
    }

    private static @Nullable String find(Predicate<String> wanted) {
        return ZoneId.getAvailableZoneIds().stream()
                .filter(Regions::isRegion)
                .filter(wanted)
                .sorted()
                .findFirst()
                .orElse(null);
    }
}
