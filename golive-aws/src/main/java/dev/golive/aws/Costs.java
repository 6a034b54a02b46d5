package dev.golive.aws;

/** What an account costs. Immutable and thread-safe. */
public final class Costs {

    private final Aws aws;

    Costs(Aws aws) {
        this.aws = aws;
    }

    @Override
    public String toString() {
        return "costs of " + aws.account();
    }
}
