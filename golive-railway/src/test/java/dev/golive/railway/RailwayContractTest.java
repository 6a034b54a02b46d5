package dev.golive.railway;

import dev.golive.Component;
import dev.golive.Deploy;
import dev.golive.Release;
import dev.golive.testkit.Perform;
import dev.golive.testkit.VirtualTime;
import dev.golive.testkit.junit.ComponentContract;
import dev.golive.testkit.railway.FakeRailway;
import dev.golive.testkit.railway.RailwayFault;
import java.util.Collection;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

class RailwayContractTest extends ComponentContract {

    final VirtualTime time = VirtualTime.startingAt("2027-03-02T09:00:00Z");
    final FakeRailway fake = FakeRailway.start(time);
    private final RailwayService api = service(
            Railway.projectToken(fake.projectToken(), "shop", "production").plan(RailwayPlan.PRO));
    private final Deploy deploy = api.deploy("cccc333");

    RailwayService service(Railway shop) {
        return shop.service("api");
    }

    @BeforeEach
    void deployTwice() {
        fake.service("api")
                .source("acme/api", "main")
                .variable("MODE", "production")
                .deployed("aaaa111")
                .deployed("bbbb222")
                .commit("cccc333");
    }

    @AfterEach
    void stop() {
        fake.close();
        fake.verify();
    }

    @Override
    protected Component component() {
        return api;
    }

    @Override
    protected Release live() {
        return Release.of("api", first("bbbb222"));
    }

    @Override
    protected Release earlier() {
        return Release.of("api", first("aaaa111"));
    }

    private String first(String commit) {
        return fake.service("api").deployments().stream()
                .filter(one -> one.commit().equals(commit))
                .reduce((newer, older) -> older)
                .orElseThrow()
                .id();
    }

    @Override
    protected Perform perform() {
        return Perform.on(time).through(fake.network());
    }

    @Override
    protected Collection<?> changes() {
        return fake.mutations();
    }

    @Override
    protected boolean deployedBySomebody() {
        fake.service("api").deployedBySomebody("dddd444");
        return true;
    }

    @Override
    protected boolean prune() {
        fake.service("api").prune(first("aaaa111"));
        return true;
    }

    @Override
    protected boolean deploying() {
        fake.service("api").deployingBySomebody("dddd444");
        return true;
    }

    @Override
    protected boolean failing() {
        fake.fault(RailwayFault.problemProcessing());
        return true;
    }

    @Override
    protected Optional<Deploy> deploy() {
        return Optional.of(deploy);
    }
}
