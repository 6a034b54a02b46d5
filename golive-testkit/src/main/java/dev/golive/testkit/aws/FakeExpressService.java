package dev.golive.testkit.aws;

/**
 * A service of ECS Express Mode in {@link FakeAws}.
 *
 * <p>Options change this object and return it. Thread-safe.
 */
public final class FakeExpressService {

    private final FakeAws aws;
    private final String name;

    FakeExpressService(FakeAws aws, String name) {
        this.aws = aws;
        this.name = name;
    }

    @Override
    public String toString() {
        return name + " of " + aws.account();
    }
}
