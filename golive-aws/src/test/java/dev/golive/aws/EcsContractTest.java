package dev.golive.aws;

import dev.golive.Component;
import dev.golive.Deploy;
import dev.golive.Release;
import dev.golive.testkit.Perform;
import dev.golive.testkit.VirtualTime;
import dev.golive.testkit.aws.AwsFault;
import dev.golive.testkit.aws.FakeAws;
import dev.golive.testkit.aws.FakeEcs;
import dev.golive.testkit.junit.ComponentContract;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

class EcsContractTest extends ComponentContract {

    private final VirtualTime time = VirtualTime.startingAt("2027-03-02T09:00:00Z");
    private final FakeAws fake = FakeAws.start(time);
    private final EcsService web = Aws.account(fake.account(), fake.region())
            .credentials(fake.accessKeyId(), fake.secretAccessKey())
            .ecs("shop", "shop-web");
    private final Deploy deploy = web.deploy("shop-web:3");
    private int before;

    @BeforeEach
    void deployTwice() throws Exception {
        fake.ecr("shop")
                .image("1", "sha256:" + "1".repeat(64))
                .image("2", "sha256:" + "2".repeat(64))
                .image("3", "sha256:" + "3".repeat(64));
        platform()
                .image(fake.ecr("shop").uri("1"))
                .variable("DATABASE", "postgres://shop:hunter2@db")
                .revision(fake.ecr("shop").uri("2"))
                .revision(fake.ecr("shop").uri("3"))
                .revision("public.ecr.aws/shop:4");
        perform().toTheEnd(web.deploy("shop-web:2"));
        before = platform().changes().size();
    }

    @AfterEach
    void stop() {
        fake.close();
        fake.verify();
    }

    private FakeEcs platform() {
        return fake.ecs("shop", "shop-web");
    }

    @Override
    protected Component component() {
        return web;
    }

    @Override
    protected Release live() {
        return Release.of("shop-web", "shop-web:2");
    }

    @Override
    protected Release earlier() {
        return Release.of("shop-web", "shop-web:1");
    }

    @Override
    protected Perform perform() {
        return Perform.on(time).through(fake.network());
    }

    @Override
    protected Collection<?> changes() {
        List<FakeEcs.Change> all = platform().changes();
        return all.subList(before, all.size());
    }

    @Override
    protected boolean deployedBySomebody() {
        platform().deployedBySomebody(3);
        return true;
    }

    @Override
    protected boolean prune() {
        platform().deregister(1);
        return true;
    }

    @Override
    protected boolean deploying() {
        platform().deployingBySomebody(3);
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
