package dev.golive.railway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.golive.Check;
import dev.golive.Outcome;
import dev.golive.Secret;
import dev.golive.testkit.Examine;
import dev.golive.testkit.Perform;
import dev.golive.testkit.VirtualTime;
import dev.golive.testkit.railway.FakeRailway;
import dev.golive.testkit.railway.RailwayFault;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterProperty;

class RailwayVariableSecrecyTest {

    private final VirtualTime time = VirtualTime.startingAt("2027-03-02T09:00:00Z");
    private final FakeRailway fake = FakeRailway.start(time);

    @AfterProperty
    void stop() {
        fake.close();
        fake.verify();
    }

    @Provide
    Arbitrary<String> values() {
        return Arbitraries.strings()
                .withCharRange('!', '~')
                .withChars("äß \n€")
                .excludeChars('$')
                .ofMinLength(8)
                .ofMaxLength(60)
                .map(text -> "§" + text);
    }

    private static String text(Throwable thrown) {
        StringWriter text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text));
        return text.toString();
    }

    @Property(tries = 5)
    void no_value_of_a_variable_is_ever_shown(@ForAll("values") String value, @ForAll("values") String other)
            throws Exception {
        if (fake.service("api").deployments().isEmpty()) {
            fake.service("api").deployed("41");
        }
        fake.service("api").variable("KEY", value).variable("OTHER", other);
        RailwayService api =
                Railway.projectToken(fake.projectToken(), "shop", "production").service("api");
        RailwayVariable key = api.variable("KEY");
        List<Check> checks = List.of(
                key.isSet(),
                key.isUnset(),
                key.isSealed(),
                key.is("expected"),
                key.hasAtLeastCharacters(20),
                key.isSecret(Secret.found("mine", "another-secret-of-mine")),
                key.differsFrom(api.variable("OTHER")),
                api.variables().areSet("KEY", "OTHER"),
                api.variables().are(Map.of("KEY", "expected", "OTHER", "expected")),
                api.variables().areLive());
        for (Check check : checks) {
            // a check that is looked at bare, without the redaction of an engine
            Outcome outcome =
                    Examine.once(check).through(fake.network()).on(time).outcome();
            assertThat(outcome.toString() + check).doesNotContain(value).doesNotContain(other);
        }
        RailwayVariableChange change =
                api.changeVariables().set("KEY", other).set("NEW", value).unset("GONE");
        Perform perform = Perform.on(time).through(fake.network());
        assertThat(perform.observe(change).toString() + change)
                .doesNotContain(value)
                .doesNotContain(other);
        fake.fault("variableCollectionUpsert", RailwayFault.refused("KEY: " + other + ", NEW: " + value), 1);
        try {
            perform.apply(change);
        } catch (Exception e) {
            assertThat(text(e)).doesNotContain(value).doesNotContain(other);
        }
        assertThat(perform.apply(change).toString()).doesNotContain(value).doesNotContain(other);
    }
}
