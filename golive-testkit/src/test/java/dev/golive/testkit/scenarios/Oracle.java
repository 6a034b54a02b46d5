package dev.golive.testkit.scenarios;

import dev.golive.rollback.MissingData;
import dev.golive.rollback.Truth;
import java.util.ArrayList;
import java.util.List;

/**
 * The rules of triggers on one signal, told again from the whole history and without remembering anything. Times are
 * seconds after arming.
 */
final class Oracle {

    /** What was seen in a slot: O(K), B(reach), ? (missing), E(rror), L(ow), W(arm-up), M(aintenance). */
    record Seen(long at, char kind, long bad, long total) {

        static Seen of(long at, char kind) {
            return new Seen(at, kind, 0, 0);
        }

        boolean tells() {
            return kind == 'O' || kind == 'B' || kind == 'M';
        }

        boolean isError() {
            return kind == 'E' || kind == 'L' || kind == 'W';
        }
    }

    record Down(long from, long to) {}

    record Answer(Truth truth, boolean inconclusive) {}

    /** A pause before a sample, or before now. */
    private record Pause(long length, boolean cut) {}

    private final long interval;
    private final long maxGap;
    private final long maxUnknown;
    private final MissingData missing;
    private final List<Down> downs = new ArrayList<>();

    Oracle(long interval, long maxGap, long maxUnknown, MissingData missing) {
        this.interval = interval;
        this.maxGap = maxGap;
        this.maxUnknown = maxUnknown;
        this.missing = missing;
    }

    void down(long from, long to) {
        downs.add(new Down(from, to));
    }

    /** Time that was watched. */
    private long watched(long from, long to) {
        long time = to - from;
        for (Down down : downs) {
            time -= Math.max(0, Math.min(to, down.to()) - Math.max(from, down.from()));
        }
        return time;
    }

    /** The slots that are judged by now: none that may still have to wait for an earlier one. */
    List<Seen> judged(List<Seen> arrived, long now) {
        List<Seen> sorted = new ArrayList<>(arrived);
        sorted.sort((a, b) -> Long.compare(a.at(), b.at()));
        List<Seen> judged = new ArrayList<>();
        long newest = now;
        for (Seen seen : sorted) {
            newest = Math.max(newest, seen.at());
        }
        for (Seen seen : sorted) {
            if (!judged.isEmpty()) {
                long before = judged.get(judged.size() - 1).at();
                if (before == seen.at()) {
                    continue;
                }
                boolean hole = 2 * watched(before, seen.at()) >= 3 * interval;
                boolean stillWaiting = newest <= seen.at() || 2 * watched(seen.at(), newest) < 3 * interval;
                if (hole && stillWaiting) {
                    break;
                }
            }
            judged.add(seen);
        }
        return judged;
    }

    /** How far time has come: what waits is no silence. */
    long clock(List<Seen> arrived, long now) {
        List<Seen> judged = judged(arrived, now);
        long time = now;
        for (Seen seen : arrived) {
            boolean waits = judged.stream().noneMatch(other -> other.at() == seen.at());
            time = waits ? Math.min(time, seen.at()) : time;
        }
        return time;
    }

    private Answer answer(Truth truth, List<Seen> all, long now) {
        long fine = 0;
        boolean error = false;
        for (Seen seen : all) {
            boolean worry = seen.kind() == 'E' || seen.kind() == '?' && missing == MissingData.INCONCLUSIVE;
            fine = worry ? fine : seen.at();
            error = !seen.tells() && (error || seen.isError());
        }
        boolean toldNothing = truth == Truth.UNKNOWN || missing == MissingData.IGNORE && error;
        return new Answer(truth, toldNothing && watched(fine, heard(all, now)) > maxUnknown);
    }

    private static long heard(List<Seen> all, long now) {
        return all.isEmpty()
                ? Math.max(0, now)
                : Math.max(now, all.get(all.size() - 1).at());
    }

    /** The pause before an instant, counted from the newest slot before it that told something, or from an error. */
    private Pause pause(List<Seen> before, long at) {
        long known = 0;
        for (Seen seen : before) {
            known = seen.tells() ? seen.at() : known;
        }
        if (missing != MissingData.IGNORE && watched(known, at) > maxGap) {
            long error = -1;
            for (Seen seen : before) {
                error = seen.at() > known && seen.isError() || seen.isError() && seen.at() == known && !seen.tells()
                        ? seen.at()
                        : error;
            }
            if (error >= 0) {
                return new Pause(watched(error, at), true);
            }
        }
        return new Pause(watched(known, at), false);
    }

    Answer lasting(List<Seen> all, long now, long span, boolean longer, int minSamples) {
        return answer(lastingTruth(all, now, span, longer, minSamples), all, now);
    }

    private Truth lastingTruth(List<Seen> all, long now, long span, boolean longer, int minSamples) {
        int newest = -1;
        for (int i = 0; i < all.size(); i++) {
            newest = all.get(i).tells() ? i : newest;
        }
        Pause silence = pause(all, heard(all, now));
        boolean informed = newest >= 0 && !silence.cut();
        long time = 0;
        long number = 0;
        if (informed && all.get(newest).kind() == 'B') {
            for (int i = newest; ; ) {
                Pause before = pause(all.subList(0, i), all.get(i).at());
                boolean gap = before.length() > maxGap;
                int j = i - 1;
                while (j >= 0 && !all.get(j).tells()) {
                    j--;
                }
                boolean goesOn = j >= 0 && !before.cut() && all.get(j).kind() == 'B';
                if (goesOn && (!gap || missing == MissingData.BREACHING || missing == MissingData.IGNORE)) {
                    time += gap && missing == MissingData.IGNORE ? 0 : before.length();
                    number += gap && missing == MissingData.BREACHING ? Math.max(1, nearest(before.length())) : 1;
                    i = j;
                    continue;
                }
                if (!goesOn && gap && missing == MissingData.BREACHING) {
                    time += before.length() - interval;
                    number += Math.max(2, nearest(before.length()));
                } else {
                    number += 1;
                }
                break;
            }
        }
        if (silence.length() <= maxGap || missing == MissingData.IGNORE) {
            return !informed ? Truth.UNKNOWN : enough(time, number, span, longer, minSamples);
        }
        long slots = silence.length() / interval;
        return switch (missing) {
            case NOT_BREACHING -> Truth.FALSE;
            case BREACHING ->
                number == 0
                        ? enough((slots - 1) * interval, slots, span, longer, minSamples)
                        : enough(time + slots * interval, number + slots, span, longer, minSamples);
            case INCONCLUSIVE, IGNORE -> Truth.UNKNOWN;
        };
    }

    private static Truth enough(long time, long number, long span, boolean longer, int minSamples) {
        return number >= minSamples && (longer ? time > span : time >= span) ? Truth.TRUE : Truth.FALSE;
    }

    private long nearest(long time) {
        return (2 * time + interval) / (2 * interval);
    }

    Answer slots(List<Seen> all, long now, int m, int n) {
        return answer(slotsTruth(all, now, m, n), all, now);
    }

    private Truth slotsTruth(List<Seen> all, long now, int m, int n) {
        long newest = all.isEmpty() ? -interval : all.get(all.size() - 1).at();
        long silent = Math.max(0, watched(Math.max(0, newest), heard(all, now)) + (all.isEmpty() ? interval : 0));
        long absent = Math.max(0, silent / interval - 2);
        if (all.isEmpty() && absent == 0) {
            return Truth.UNKNOWN;
        }
        if (missing == MissingData.IGNORE) {
            int known = all.size() - 1;
            while (known >= 0 && !all.get(known).tells()) {
                known--;
            }
            if (known < 0) {
                return Truth.UNKNOWN;
            }
            return count(all.subList(0, known + 1), 0, n, "B") >= m ? Truth.TRUE : Truth.FALSE;
        }
        long slots = all.isEmpty() ? 0 : nearest(watched(all.get(0).at(), newest)) + 1;
        long without = Math.max(0, Math.min(n, slots + absent) - count(all, absent, n, "OBM?ELW"));
        long gone = without + count(all, absent, n, "?");
        long breaches = count(all, absent, n, "B") + (missing == MissingData.BREACHING ? gone : 0);
        long open = count(all, absent, n, "ELW") + (missing == MissingData.INCONCLUSIVE ? gone : 0);
        return breaches >= m ? Truth.TRUE : breaches + open >= m ? Truth.UNKNOWN : Truth.FALSE;
    }

    private long count(List<Seen> all, long absent, int n, String kinds) {
        long newest = all.isEmpty() ? 0 : all.get(all.size() - 1).at();
        long count = 0;
        for (int i = Math.max(0, all.size() - n); i < all.size(); i++) {
            Seen seen = all.get(i);
            boolean in = nearest(watched(seen.at(), newest)) + absent < n;
            count += in && kinds.indexOf(seen.kind()) >= 0 ? 1 : 0;
        }
        return count;
    }

    Answer rate(List<Seen> all, long now, double percent, long window, long leastRequests, long leastBad) {
        return answer(rateTruth(all, now, percent, window, leastRequests, leastBad), all, now);
    }

    private Truth rateTruth(List<Seen> all, long now, double percent, long window, long leastRequests, long leastBad) {
        Pause silence = pause(all, heard(all, now));
        boolean any = all.stream().anyMatch(Seen::tells);
        boolean informed = any && !silence.cut();
        if (silence.length() > maxGap && missing != MissingData.IGNORE) {
            if (missing == MissingData.INCONCLUSIVE) {
                return Truth.UNKNOWN;
            }
            if (missing == MissingData.NOT_BREACHING) {
                return Truth.FALSE;
            }
            if (silence.length() >= window) {
                return Truth.TRUE;
            }
        }
        if (!informed) {
            return Truth.UNKNOWN;
        }
        long end = Long.MIN_VALUE;
        for (Seen seen : all) {
            end = seen.kind() == 'O' ? seen.at() : end;
        }
        long bad = 0;
        long total = 0;
        for (Seen seen : all) {
            boolean in = seen.kind() == 'O' && seen.at() > end - window && seen.at() <= end;
            bad += in ? seen.bad() : 0;
            total += in ? seen.total() : 0;
        }
        if (total < leastRequests) {
            return Truth.UNKNOWN;
        }
        return bad >= leastBad && bad * 100.0 > percent * total ? Truth.TRUE : Truth.FALSE;
    }
}
