package dev.golive.railway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.golive.Action;
import dev.golive.Check;
import dev.golive.Finding;
import dev.golive.Observation;
import dev.golive.Outcome;
import dev.golive.Permission;
import dev.golive.testkit.Examine;
import dev.golive.testkit.Perform;
import dev.golive.testkit.VirtualTime;
import dev.golive.testkit.railway.FakeRailway;
import dev.golive.testkit.railway.RailwayFault;
import dev.golive.testkit.railway.RailwayRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;

/** A fake Railway in virtual time, and what most tests ask of it. */
abstract class OnFakeRailway {

    final VirtualTime time = VirtualTime.startingAt("2027-03-02T09:00:00Z");
    final FakeRailway fake = FakeRailway.start(time);
    final Railway railway = Railway.projectToken(fake.projectToken(), "shop", "production");

    @AfterEach
    final void stop() {
        fake.close();
        fake.verify();
    }

    final Outcome examine(Check check) {
        int before = fake.requests().size();
        Outcome outcome = Examine.once(check).through(fake.network()).on(time).outcome();
        assertDeclared(check.permissions(), before, check.sentence());
        return outcome;
    }

    /** Whatever is asked of Railway must be declared; that the token leads to the right place is asked by everything. */
    private void assertDeclared(Set<Permission> declared, int before, String by) {
        Set<String> fields = new TreeSet<>(Set.of("projectToken", "apiToken", "me", "projects", "environments"));
        declared.forEach(permission -> fields.add(permission.action()));
        List<RailwayRequest> all = fake.requests();
        assertThat(all.subList(before, all.size()))
                .as("what is asked by: %s", by)
                .allSatisfy(request -> assertThat(fields).contains(request.field()));
    }

    final Perform perform() {
        return Perform.on(time).through(fake.network());
    }

    final Observation toTheEnd(Action action) throws Exception {
        int before = fake.requests().size();
        Observation end = perform().toTheEnd(action);
        assertDeclared(action.permissions(), before, action.sentence());
        return end;
    }

    /** What a check says for each fault after which nothing is known: it must be unknown for all of them. */
    final List<String> notUnknown(Check check) {
        List<String> wrong = new ArrayList<>();
        for (RailwayFault fault : RailwayFault.noAnswers()) {
            fake.fault(fault);
            Outcome outcome = examine(check);
            fake.mend();
            if (outcome.finding() != Finding.UNKNOWN) {
                wrong.add(fault + " gave " + outcome);
            }
        }
        return wrong;
    }

    /** The same if one document only goes without an answer. */
    final List<String> notUnknown(Check check, String field) {
        List<String> wrong = new ArrayList<>();
        for (RailwayFault fault : RailwayFault.noAnswers()) {
            fake.fault(field, fault);
            Outcome outcome = examine(check);
            fake.mend();
            if (outcome.finding() != Finding.UNKNOWN) {
                wrong.add(fault + " gave " + outcome);
            }
        }
        return wrong;
    }
}
