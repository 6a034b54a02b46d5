package dev.golive.aws;

/** x. */
public final class Aws {
    private Aws() {}
}
