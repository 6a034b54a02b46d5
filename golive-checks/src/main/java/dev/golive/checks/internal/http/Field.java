package dev.golive.checks.internal.http;

/**
 * A line of a header.
 *
 * @param name the name as it was sent; compared without regard to case
 * @param value the value without surrounding white space
 */
public record Field(String name, String value) {}
