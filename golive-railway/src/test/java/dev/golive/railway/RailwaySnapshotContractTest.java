package dev.golive.railway;

import dev.golive.testkit.railway.RailwayFault;
import org.junit.jupiter.api.BeforeEach;

/** The same promises where Railway shows that a rollback has the same snapshot, and nobody may read what is in it. */
class RailwaySnapshotContractTest extends RailwayContractTest {

    @BeforeEach
    void withholdSnapshots() {
        fake.service("api").keepingSnapshots();
        fake.fault("deploymentSnapshot", RailwayFault.notAuthorized());
    }
}
