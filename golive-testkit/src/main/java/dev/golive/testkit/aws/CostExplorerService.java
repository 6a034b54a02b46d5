package dev.golive.testkit.aws;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.costexplorer.model.DateInterval;
import software.amazon.awssdk.services.costexplorer.model.GetCostAndUsageRequest;
import software.amazon.awssdk.services.costexplorer.model.GetCostAndUsageResponse;
import software.amazon.awssdk.services.costexplorer.model.MetricValue;
import software.amazon.awssdk.services.costexplorer.model.ResultByTime;

/** Cost Explorer. */
final class CostExplorerService extends FakeService {

    private final FakeCosts costs;

    CostExplorerService(FakeAws aws) {
        super(aws, "ce", "");
        this.costs = new FakeCosts(aws);
        reads("GetCostAndUsage", GetCostAndUsageRequest::builder, this::spent);
    }

    FakeCosts costs() {
        return costs;
    }

    private static AwsError invalid(String message) {
        return new AwsError(400, "ValidationException", message);
    }

    private GetCostAndUsageResponse spent(GetCostAndUsageRequest request, Instant now) {
        LocalDate start = LocalDate.parse(request.timePeriod().start());
        LocalDate end = LocalDate.parse(request.timePeriod().end());
        if (!start.isBefore(end)) {
            throw invalid("Start date (and hour) should be before end date (and hour)");
        }
        if (!"MONTHLY".equals(request.granularityAsString())) {
            throw invalid("FakeAws knows costs by months only");
        }
        LocalDate first = costs.availableFrom();
        if (first != null && start.isBefore(first)) {
            throw new AwsError(
                    400,
                    "DataUnavailableException",
                    "Data is not available. Please try to adjust the time"
                            + " period. If just enabled Cost Explorer, data might not be ingested yet");
        }
        String token = request.nextPageToken() == null ? "" : request.nextPageToken();
        int page = token.startsWith("empty-") ? Integer.parseInt(token.substring("empty-".length())) : 0;
        if (page < costs.emptyPages()) {
            return GetCostAndUsageResponse.builder()
                    .resultsByTime(List.of())
                    .nextPageToken("empty-" + (page + 1))
                    .build();
        }
        List<ResultByTime> results = new ArrayList<>();
        LocalDate today = now.atOffset(ZoneOffset.UTC).toLocalDate();
        for (LocalDate from = start; from.isBefore(end); ) {
            LocalDate next = from.withDayOfMonth(1).plusMonths(1);
            LocalDate to = next.isBefore(end) ? next : end;
            Map<String, MetricValue> total = new LinkedHashMap<>();
            for (String metric : request.metrics()) {
                total.put(
                        metric,
                        MetricValue.builder()
                                .amount(costs.between(from, to).toPlainString())
                                .unit(costs.currency())
                                .build());
            }
            results.add(ResultByTime.builder()
                    .timePeriod(DateInterval.builder()
                            .start(from.toString())
                            .end(to.toString())
                            .build())
                    .total(total)
                    .estimated(to.isAfter(today.withDayOfMonth(1)))
                    .build());
            from = to;
        }
        return GetCostAndUsageResponse.builder().resultsByTime(results).build();
    }

    @Override
    void drifts(Drifts drifts) {
        costs.drifts(drifts);
    }
}
