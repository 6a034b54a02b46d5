package dev.golive.aws;

import dev.golive.Check;
import dev.golive.Fact;
import dev.golive.Outcome;
import dev.golive.aws.internal.Service;
import dev.golive.aws.internal.ec2.Ec2Port;
import dev.golive.provider.Given;
import dev.golive.provider.Judge;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** A key pair of EC2, of which AWS has the public half. Immutable and thread-safe. */
public final class KeyPair {

    private final Aws aws;
    private final String name;

    KeyPair(Aws aws, String name) {
        this.aws = aws;
        this.name = name;
    }

    /**
     * Whether it is there.
     *
     * @return the check
     */
    public Check exists() {
        return check(this + " exists", type -> Outcome.passed(Fact.of("type", type)));
    }

    /**
     * Whether it is of a type.
     *
     * @param type {@code ed25519} or {@code rsa}, in letters of either case
     * @return the check
     */
    public Check isOfType(String type) {
        String wanted = Given.text(type, "type").toLowerCase(Locale.ROOT);
        return check(this + " is of type " + wanted, found -> Judge.is("type", wanted, found));
    }

    private Check check(String sentence, Function<String, Outcome> judge) {
        return AwsCheck.of(aws, Service.EC2, sentence, calls -> {
                    Optional<String> type = Ec2Port.of(calls).keyType(name);
                    return type.isEmpty() ? Outcome.failed("there is no " + this) : judge.apply(type.get());
                })
                .needing("ec2:DescribeKeyPairs", "*");
    }

    /**
     * What it is.
     *
     * @return for example {@code key pair deployer in eu-north-1}
     */
    @Override
    public String toString() {
        return "key pair " + name + " in " + aws.region();
    }
}
