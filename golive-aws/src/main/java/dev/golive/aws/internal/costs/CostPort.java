package dev.golive.aws.internal.costs;

import dev.golive.aws.internal.Calls;
import dev.golive.aws.internal.ClientType;
import dev.golive.aws.internal.Service;
import dev.golive.provider.ApiProblem;
import java.math.BigDecimal;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.costexplorer.CostExplorerClient;
import software.amazon.awssdk.services.costexplorer.CostExplorerClientBuilder;
import software.amazon.awssdk.services.costexplorer.model.GetCostAndUsageResponse;
import software.amazon.awssdk.services.costexplorer.model.Granularity;
import software.amazon.awssdk.services.costexplorer.model.MetricValue;
import software.amazon.awssdk.services.costexplorer.model.ResultByTime;

/** What golive asks of Cost Explorer. Each request costs 0.01 USD. */
public final class CostPort {

    private static final ClientType<CostExplorerClientBuilder, CostExplorerClient> CLIENT =
            ClientType.of(Service.COST_EXPLORER, CostExplorerClient::builder, CostExplorerClient.serviceMetadata());

    private static final String METRIC = "UnblendedCost";

    private final Calls calls;
    private final CostExplorerClient client;

    private CostPort(Calls calls, CostExplorerClient client) {
        this.calls = calls;
        this.client = client;
    }

    /** The port that makes these calls. */
    public static CostPort of(Calls calls) throws Exception {
        return new CostPort(calls, calls.client(CLIENT));
    }

    /**
     * What was spent.
     *
     * @param from the first day
     * @param to the day after the last
     */
    public Money spent(LocalDate from, LocalDate to) {
        Money sum = null;
        String token = null;
        do {
            GetCostAndUsageResponse page = page(from, to, token);
            for (ResultByTime result : calls.listed(page.hasResultsByTime(), page.resultsByTime(), "costs")) {
                Money part = money(result.total().get(METRIC));
                sum = sum == null ? part : sum.plus(part);
            }
            // the SDK has no paginator for this
            String next = page.nextPageToken();
            if (next != null && next.equals(token)) {
                throw ApiProblem.undecided("Cost Explorer gives the same page again and again");
            }
            token = next == null || next.isEmpty() ? null : next;
        } while (token != null);
        return calls.said(sum, "any costs");
    }

    private GetCostAndUsageResponse page(LocalDate from, LocalDate to, @Nullable String token) {
        return client.getCostAndUsage(request -> request.timePeriod(
                        period -> period.start(from.toString()).end(to.toString()))
                .granularity(Granularity.MONTHLY)
                .metrics(METRIC)
                .nextPageToken(token));
    }

    private Money money(@Nullable MetricValue value) {
        MetricValue said = calls.said(value, "the amount of the costs");
        String amount = calls.said(said.amount(), "the amount of the costs");
        try {
            return new Money(new BigDecimal(amount), calls.said(said.unit(), "the currency of the costs"));
        } catch (NumberFormatException e) {
            throw ApiProblem.undecided("Cost Explorer gave an amount that is no number");
        }
    }
}
