package dev.golive.testkit.aws;

/** ce. */
final class CostExplorerService extends FakeService {

    CostExplorerService(FakeAws aws) {
        super(aws, "ce", "");
    }
}
