package dev.golive.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.golive.Finding;
import dev.golive.Outcome;
import dev.golive.testkit.aws.AwsFault;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecurityGroupTest extends OnFakeAws {

    private static final Predicate<Outcome> PASSED = outcome -> outcome.finding() == Finding.PASSED;
    private static final Predicate<Outcome> FAILED = outcome -> outcome.finding() == Finding.FAILED;
    private static final Predicate<Outcome> UNKNOWN = outcome -> outcome.finding() == Finding.UNKNOWN;

    private final SecurityGroup group = aws.securityGroup("sg-db");

    @Test
    void a_group_without_rules_is_closed() {
        fake.securityGroup("sg-db");

        assertThat(examine(group.isClosedToTheWorld(5432))).matches(PASSED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0/0", "::/0", "0.0.0.0/1", "203.0.113.7/4", "2000::/3"})
    void a_port_that_the_world_is_admitted_to_is_open_and_the_rule_is_named(String world) {
        fake.securityGroup("sg-db").ingress(443, "0.0.0.0/0").ingress(5432, world);

        Outcome outcome = examine(group.isClosedToTheWorld(5432));

        assertThat(outcome).matches(FAILED);
        assertThat(outcome.why()).isEqualTo("port 5432 is open to the world: sg-db admits tcp 5432 from " + world);
        assertThat(outcome.facts()).anyMatch(fact -> fact.found().contains(world));
    }

    @Test
    void a_range_that_includes_the_port_opens_it() {
        fake.securityGroup("sg-db").ingress("tcp", 5000, 6000, "0.0.0.0/0");

        assertThat(examine(group.isClosedToTheWorld(5432))).matches(FAILED);
        assertThat(examine(group.isClosedToTheWorld(6001))).matches(PASSED);
    }

    @Test
    void a_rule_for_everything_opens_every_port() {
        fake.securityGroup("sg-db").ingressOfEverything("::/0");

        assertThat(examine(group.isClosedToTheWorld(5432))).matches(FAILED);
    }

    @Test
    void pings_open_no_port() {
        fake.securityGroup("sg-db").ingress("icmp", -1, -1, "0.0.0.0/0");

        assertThat(examine(group.isClosedToTheWorld(5432))).matches(PASSED);
    }

    @Test
    void networks_of_somebody_and_members_of_groups_are_not_the_world() {
        fake.securityGroup("sg-db")
                .ingress(5432, "203.0.113.0/24")
                .ingress(5432, "10.0.0.0/8")
                .ingressFromGroup(5432, "sg-web");

        Outcome outcome = examine(group.isClosedToTheWorld(5432));

        assertThat(outcome).matches(PASSED);
        assertThat(outcome.facts())
                .anyMatch(fact -> fact.found().equals("sg-db admits tcp 5432 from members of sg-web"));
    }

    @Test
    void a_prefix_list_opens_a_port_by_what_it_holds() {
        fake.securityGroup("sg-db").ingressFromPrefixList(5432, "pl-1");
        fake.prefixList("pl-1").entry("203.0.113.0/24");

        assertThat(examine(group.isClosedToTheWorld(5432))).matches(PASSED);

        fake.prefixList("pl-1").entry("198.51.100.0/24").entry("0.0.0.0/0");
        fake.pageSize(1);

        Outcome outcome = examine(group.isClosedToTheWorld(5432));
        assertThat(outcome).matches(FAILED);
        assertThat(outcome.why()).endsWith("sg-db admits tcp 5432 from 0.0.0.0/0 of prefix list pl-1");
        assertThat(fake.requests("ec2:GetManagedPrefixListEntries")).hasSize(4);
    }

    @Test
    void a_prefix_list_that_AWS_keeps_or_that_is_gone_is_unknown() {
        fake.securityGroup("sg-db").ingressFromPrefixList(5432, "pl-1");

        assertThat(examine(group.isClosedToTheWorld(5432))).matches(UNKNOWN);

        fake.prefixList("pl-1").keptByAws();

        assertThat(examine(group.isClosedToTheWorld(5432))).matches(UNKNOWN);
        assertThat(examine(group.isClosedToTheWorld(22))).matches(PASSED);
    }

    @Test
    void a_prefix_list_that_may_not_be_read_is_unknown_unless_another_rule_is_open() {
        fake.securityGroup("sg-db").ingressFromPrefixList(5432, "pl-1");
        fake.prefixList("pl-1");
        fake.fault("ec2:GetManagedPrefixListEntries", AwsFault.denied());

        assertThat(examine(group.isClosedToTheWorld(5432))).matches(UNKNOWN);

        fake.securityGroup("sg-db").ingress(5432, "0.0.0.0/0");

        assertThat(examine(group.isClosedToTheWorld(5432))).matches(FAILED);
    }

    @Test
    void a_network_that_cannot_be_read_is_unknown() {
        fake.securityGroup("sg-db").ingress(5432, "somewhere");

        assertThat(examine(group.isClosedToTheWorld(5432))).matches(UNKNOWN);
    }

    @Test
    void a_group_that_is_not_there_fails() {
        Outcome outcome = examine(group.isClosedToTheWorld(5432));

        assertThat(outcome).matches(FAILED);
        assertThat(outcome.why()).isEqualTo("there is no security group sg-db in eu-north-1");
    }

    @Test
    void what_stands_between_us_and_an_answer_is_unknown() {
        fake.securityGroup("sg-db").ingressFromPrefixList(5432, "pl-1");
        fake.prefixList("pl-1");

        assertThat(notUnknown("ec2", group.isClosedToTheWorld(5432))).isEmpty();
        assertThat(notUnknown("ec2:GetManagedPrefixListEntries", group.isClosedToTheWorld(5432)))
                .isEmpty();
        assertThat(notUnknown("ec2:DescribeManagedPrefixLists", group.isClosedToTheWorld(5432)))
                .isEmpty();
    }

    @Test
    void one_who_is_throttled_waits_and_asks_again() {
        fake.securityGroup("sg-db");
        fake.faultNext(2, "ec2:DescribeSecurityGroups", AwsFault.throttled());

        assertThat(examine(group.isClosedToTheWorld(5432))).matches(PASSED);
    }

    @Test
    void only_the_listed_networks_and_parts_of_them_are_admitted() {
        fake.securityGroup("sg-db").ingress(22, "203.0.113.64/26").ingress(22, "198.51.100.0/23");

        assertThat(examine(group.admitsOnly(22, "203.0.113.0/24", "198.51.100.0/24", "198.51.101.0/24")))
                .matches(PASSED);
        Outcome outcome = examine(group.admitsOnly(22, "203.0.113.0/24", "198.51.100.0/24"));
        assertThat(outcome).matches(FAILED);
        assertThat(outcome.why()).isEqualTo("not a listed network: sg-db admits tcp 22 from 198.51.100.0/23");
    }

    @Test
    void networks_are_compared_and_not_their_texts() {
        fake.securityGroup("sg-db").ingress(22, "2001:DB8:0::/48");

        assertThat(examine(group.admitsOnly(22, "2001:db8::/48"))).matches(PASSED);
    }

    @Test
    void members_of_groups_are_no_listed_network() {
        fake.securityGroup("sg-db").ingress(22, "203.0.113.0/24").ingressFromGroup(22, "sg-web");

        assertThat(examine(group.admitsOnly(22, "203.0.113.0/24"))).matches(FAILED);
    }

    @Test
    void entries_of_a_prefix_list_are_compared_too() {
        fake.securityGroup("sg-db").ingressFromPrefixList(22, "pl-1");
        fake.prefixList("pl-1").entry("203.0.113.7/32");

        assertThat(examine(group.admitsOnly(22, "203.0.113.0/24"))).matches(PASSED);
        assertThat(examine(group.admitsOnly(22, "198.51.100.0/24"))).matches(FAILED);
        fake.prefixList("pl-1").keptByAws();
        assertThat(examine(group.admitsOnly(22, "203.0.113.0/24"))).matches(UNKNOWN);
    }

    @Test
    void nobody_admitted_is_nobody_else_admitted() {
        fake.securityGroup("sg-db");

        assertThat(examine(group.admitsOnly(22, "203.0.113.0/24"))).matches(PASSED);
    }

    @Test
    void what_is_no_port_or_no_network_is_refused_at_once() {
        assertThatThrownBy(() -> group.isClosedToTheWorld(65_536))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("port must be between 0 and 65535 but was 65536");
        assertThatThrownBy(() -> group.admitsOnly(22, "203.0.113.0"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("203.0.113.0");
        assertThatThrownBy(() -> group.admitsOnly(22, "203.0.113.0/24", "x/y"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("x/y");
    }

    @Test
    void what_must_be_allowed_is_declared() {
        assertThat(group.isClosedToTheWorld(22).permissions())
                .extracting(Object::toString)
                .anyMatch(text -> text.contains("ec2:DescribeSecurityGroups"));
    }
}
