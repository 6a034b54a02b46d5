package dev.golive.time;

import java.time.LocalDate;
import java.util.Objects;

/**
 * What somebody said about an {@linkplain Blackout#openEnded open-ended blackout}: whether it is in force on one day.
 *
 * <p>It says nothing about any other day. Who said it, and when, is kept by whoever asked.
 *
 * @param blackout the name of the blackout
 * @param day the calendar day that the answer is about, in the zone of the launch
 * @param inForce whether the blackout is in force on that day
 */
public record BlackoutAnswer(String blackout, LocalDate day, boolean inForce) {

    /**
     * Refuses a blank name.
     *
     * @param blackout the name of the blackout
     * @param day the calendar day that the answer is about, in the zone of the launch
     * @param inForce whether the blackout is in force on that day
     */
    public BlackoutAnswer {
        Blackout.name(blackout, "blackout");
        Objects.requireNonNull(day, "day must not be null");
    }

    /**
     * The answer as a sentence.
     *
     * @return for example {@code the blackout "payroll run" is not in force on 2027-03-02}
     */
    @Override
    public String toString() {
        return "the blackout \"" + blackout + "\" is " + (inForce ? "" : "not ") + "in force on " + day;
    }
}
