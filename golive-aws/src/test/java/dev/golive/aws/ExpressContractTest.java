package dev.golive.aws;

import dev.golive.Component;
import dev.golive.Deploy;
import dev.golive.Release;
import dev.golive.testkit.Perform;
import dev.golive.testkit.VirtualTime;
import dev.golive.testkit.aws.AwsFault;
import dev.golive.testkit.aws.FakeAws;
import dev.golive.testkit.aws.FakeExpressService;
import dev.golive.testkit.junit.ComponentContract;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

class ExpressContractTest extends ComponentContract {

    private final VirtualTime time = VirtualTime.startingAt("2027-03-02T09:00:00Z");
    private final FakeAws fake = FakeAws.start(time);
    private final ExpressService web = Aws.account(fake.account(), fake.region())
            .credentials(fake.accessKeyId(), fake.secretAccessKey())
            .expressService("shop-web");
    private final Deploy deploy = web.deploy("shop:3").unset("LOGIN_MOCK");
    private Release live = Release.of("shop-web", "not yet");
    private Release earlier = live;
    private int before;

    @BeforeEach
    void deployTwice() throws Exception {
        fake.ecr("shop")
                .image("1", "sha256:" + "1".repeat(64))
                .image("2", "sha256:" + "2".repeat(64))
                .image("3", "sha256:" + "3".repeat(64));
        platform().image(fake.ecr("shop").uri("1")).variable("LOGIN_MOCK", "true");
        earlier = perform().ask(web, Component.Driver::live).orElseThrow();
        live = perform().toTheEnd(web.deploy("shop:2")).yielded().orElseThrow();
        before = platform().changes().size();
    }

    @AfterEach
    void stop() {
        fake.close();
        fake.verify();
    }

    private FakeExpressService platform() {
        return fake.expressService("shop-web");
    }

    @Override
    protected Component component() {
        return web;
    }

    @Override
    protected Release live() {
        return live;
    }

    @Override
    protected Release earlier() {
        return earlier;
    }

    @Override
    protected Perform perform() {
        return Perform.on(time).through(fake.network());
    }

    @Override
    protected Collection<?> changes() {
        List<FakeExpressService.Change> all = platform().changes();
        return all.subList(before, all.size());
    }

    @Override
    protected boolean deployedBySomebody() {
        platform().deployedBySomebody(fake.ecr("shop").uri("3"));
        return true;
    }

    @Override
    protected boolean prune() {
        fake.ecr("shop").remove("1");
        return true;
    }

    @Override
    protected boolean deploying() {
        platform().deployingBySomebody(fake.ecr("shop").uri("3"));
        return true;
    }

    @Override
    protected boolean failing() {
        fake.fault(AwsFault.internalError());
        return true;
    }

    @Override
    protected Optional<Deploy> deploy() {
        return Optional.of(deploy);
    }
}
