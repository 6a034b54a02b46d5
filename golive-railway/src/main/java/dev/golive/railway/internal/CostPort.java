package dev.golive.railway.internal;

import dev.golive.provider.ApiJson;
import dev.golive.provider.ApiProblem;
import dev.golive.provider.Words;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What golive asks about costs. */
public final class CostPort {

    /** What is paid for, with the prices that Railway's own command line tool reckons with. */
    public enum Priced {
        /** Gigabytes of memory, times minutes. */
        MEMORY_USAGE_GB("10", true, "GB of memory"),
        /** Virtual processors, times minutes. */
        CPU_USAGE("20", true, "vCPU"),
        /** Gigabytes sent. */
        NETWORK_TX_GB("0.05", false, "GB sent"),
        /** Gigabytes of volumes, times minutes. */
        DISK_USAGE_GB("0.15", true, "GB of disk"),
        /** Gigabytes of backups, times minutes. */
        BACKUP_USAGE_GB("0.15", true, "GB of backups");

        private static final BigDecimal MINUTES = new BigDecimal(43_200);

        private final BigDecimal price;
        private final boolean monthly;
        private final String unit;

        Priced(String price, boolean monthly, String unit) {
            this.price = new BigDecimal(price);
            this.monthly = monthly;
            this.unit = unit;
        }

        /** What an amount costs in US dollars. */
        public BigDecimal costs(BigDecimal amount) {
            BigDecimal all = amount.multiply(price);
            return monthly ? all.divide(MINUTES, MathContext.DECIMAL64) : all;
        }

        /** How an amount is reckoned. */
        public String formula(BigDecimal amount) {
            return amount.setScale(2, RoundingMode.HALF_UP).toPlainString()
                    + (monthly
                            ? " min x " + unit + " x " + price.toPlainString() + " USD / 43200 min"
                            : " " + unit + " x " + price.toPlainString() + " USD");
        }

        /** Whether every project that runs anything uses some of it. */
        public boolean isAlwaysThere() {
            return this == MEMORY_USAGE_GB || this == CPU_USAGE;
        }
    }

    /**
     * What a workspace pays.
     *
     * @param plan its plan
     * @param spent what was used in this billing period, in US dollars
     * @param overLimit whether it has used more than its own limit allows, empty if it has no limit
     */
    public record Bill(String plan, BigDecimal spent, Optional<Boolean> overLimit) {}

    private final Calls calls;

    private CostPort(Calls calls) {
        this.calls = calls;
    }

    /** The port of an attempt. */
    public static CostPort of(Calls calls) {
        return new CostPort(calls);
    }

    /** What the project will have used at the end of the billing period, as far as it was told. */
    public Map<Priced, BigDecimal> estimate() throws InterruptedException {
        Map<Priced, BigDecimal> all = new EnumMap<>(Priced.class);
        Map<String, Object> variables = new HashMap<>();
        variables.put("measurements", measurements());
        variables.put("projectId", calls.scope().projectId());
        for (ApiJson one : calls.ask(Operation.ESTIMATED_USAGE, variables).list()) {
            if (!one.get("projectId").text().equals(calls.scope().projectId())) {
                throw ApiProblem.undecided("Railway estimates what another project will have used");
            }
            add(all, one.get("measurement").text(), one.get("estimatedValue").decimal());
        }
        return all;
    }

    /** What the project has used between two instants, as far as it was told. */
    public Map<Priced, BigDecimal> used(Instant from, Instant to) throws InterruptedException {
        Map<Priced, BigDecimal> all = new EnumMap<>(Priced.class);
        Map<String, Object> variables = new HashMap<>();
        variables.put("measurements", measurements());
        variables.put("projectId", calls.scope().projectId());
        variables.put("startDate", from.toString());
        variables.put("endDate", to.toString());
        for (ApiJson one : calls.ask(Operation.USAGE, variables).list()) {
            add(all, one.get("measurement").text(), one.get("value").decimal());
        }
        return all;
    }

    private static List<String> measurements() {
        return Stream.of(Priced.values()).map(Priced::name).toList();
    }

    private static void add(Map<Priced, BigDecimal> all, String measurement, BigDecimal value) {
        if (value.signum() < 0) {
            throw ApiProblem.undecided("Railway tells something that cannot be of " + Words.line(measurement));
        }
        for (Priced priced : Priced.values()) {
            if (priced.name().equals(measurement)) {
                all.merge(priced, value, BigDecimal::add);
            }
        }
    }

    /** What the workspace pays; empty if it was not told which one it is. */
    public Optional<Bill> bill() throws InterruptedException {
        String workspace = calls.scope().workspaceId();
        if (workspace == null) {
            return Optional.empty();
        }
        ApiJson said = calls.ask(Operation.WORKSPACE, Map.of("workspaceId", workspace));
        ApiJson customer = said.get("customer").said();
        return Optional.of(new Bill(
                said.get("plan").text(),
                customer.get("currentUsage").decimal(),
                customer.get("usageLimit")
                        .maybe()
                        .map(limit -> limit.get("isOverLimit").flag())));
    }
}
