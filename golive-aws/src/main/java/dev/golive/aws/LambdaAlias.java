package dev.golive.aws;

/** An alias of a function of Lambda. Immutable and thread-safe. */
public final class LambdaAlias {

    private final Aws aws;
    private final String function;
    private final String alias;

    LambdaAlias(Aws aws, String function, String alias) {
        this.aws = aws;
        this.function = function;
        this.alias = alias;
    }

    /**
     * What it is.
     *
     * @return its kind, its name and its region
     */
    @Override
    public String toString() {
        return "alias of a function of Lambda " + function + "/" + alias + " in " + aws.region();
    }
}
