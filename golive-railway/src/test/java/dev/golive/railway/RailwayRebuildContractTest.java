package dev.golive.railway;

/** The same promises where a rebuild is agreed to; the first way is the rollback. */
class RailwayRebuildContractTest extends RailwayContractTest {

    @Override
    RailwayService service(Railway shop) {
        return shop.service("api").rebuildingWhenGone();
    }

    /** With a rebuild, a release of which the image is gone can be brought back. */
    @Override
    protected boolean prune() {
        return false;
    }
}
