package dev.golive.aws;

import dev.golive.Check;
import dev.golive.Fact;
import dev.golive.Outcome;
import dev.golive.aws.internal.Service;
import dev.golive.aws.internal.ec2.Ec2Port;
import dev.golive.aws.internal.ec2.Ec2Port.Ip;
import dev.golive.provider.Given;
import dev.golive.provider.Judge;
import java.util.Optional;
import java.util.function.Function;

/** An elastic IP address of EC2, known by its address or by the id of its allocation. Immutable and thread-safe. */
public final class ElasticIp {

    private final Aws aws;
    private final String address;

    ElasticIp(Aws aws, String address) {
        this.aws = aws;
        this.address = address;
    }

    /**
     * Whether the account has it, attached or not.
     *
     * @return the check
     */
    public Check exists() {
        return check(
                this + " exists",
                ip -> Outcome.passed(Fact.of("address", ip.publicIp()), Fact.of("attached to", holder(ip))));
    }

    /**
     * Whether an instance has it.
     *
     * @param instanceId the id of the instance
     * @return the check
     */
    public Check isAttachedTo(String instanceId) {
        Given.text(instanceId, "instanceId");
        return check(
                this + " is attached to " + instanceId,
                ip -> Judge.holds(
                        ip.instance().equals(instanceId),
                        "it is attached to " + holder(ip),
                        Fact.of("attached to", instanceId, holder(ip)),
                        Fact.of("address", ip.publicIp())));
    }

    private static String holder(Ip ip) {
        if (!ip.instance().isEmpty()) {
            return ip.instance();
        }
        return ip.networkInterface().isEmpty() ? "nothing" : ip.networkInterface();
    }

    private Check check(String sentence, Function<Ip, Outcome> judge) {
        return AwsCheck.of(aws, Service.EC2, sentence, calls -> {
                    Optional<Ip> ip = Ec2Port.of(calls).address(address);
                    return ip.isEmpty() ? Outcome.failed("there is no " + this) : judge.apply(ip.get());
                })
                .needing("ec2:DescribeAddresses", "*");
    }

    /**
     * What it is.
     *
     * @return for example {@code elastic IP address 192.0.2.7 in eu-north-1}
     */
    @Override
    public String toString() {
        return "elastic IP address " + address + " in " + aws.region();
    }
}
