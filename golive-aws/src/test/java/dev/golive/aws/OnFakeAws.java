package dev.golive.aws;

import dev.golive.Action;
import dev.golive.Check;
import dev.golive.Finding;
import dev.golive.Observation;
import dev.golive.Outcome;
import dev.golive.testkit.Examine;
import dev.golive.testkit.Perform;
import dev.golive.testkit.VirtualTime;
import dev.golive.testkit.aws.AwsFault;
import dev.golive.testkit.aws.FakeAws;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

/** A fake AWS in virtual time, and what most tests ask of it. */
abstract class OnFakeAws {

    final VirtualTime time = VirtualTime.startingAt("2027-03-02T09:00:00Z");
    final FakeAws fake = FakeAws.start(time);
    final Aws aws = Aws.account(fake.account(), fake.region()).credentials(fake.accessKeyId(), fake.secretAccessKey());

    @AfterEach
    final void stop() {
        fake.close();
        fake.verify();
    }

    final Outcome examine(Check check) {
        return Examine.once(check).through(fake.network()).on(time).outcome();
    }

    final Perform perform() {
        return Perform.on(time).through(fake.network());
    }

    final Observation toTheEnd(Action action) throws Exception {
        return perform().toTheEnd(action);
    }

    /** What a check says for each fault after which nothing is known: it must be unknown for all of them. */
    final List<String> notUnknown(String service, Check check) {
        List<String> wrong = new ArrayList<>();
        for (AwsFault fault : AwsFault.noAnswers()) {
            fake.fault(service, fault);
            Outcome outcome = examine(check);
            fake.mend();
            if (outcome.finding() != Finding.UNKNOWN) {
                wrong.add(fault + " gave " + outcome);
            }
        }
        return wrong;
    }
}
