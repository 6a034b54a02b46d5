package dev.golive.checks.internal.http;

/**
 * One redirect that was followed.
 *
 * @param status the status that said so
 * @param from where it was
 * @param to where it led
 */
public record Hop(int status, Url from, Url to) {

    @Override
    public String toString() {
        return status + " from " + from + " to " + to;
    }
}
