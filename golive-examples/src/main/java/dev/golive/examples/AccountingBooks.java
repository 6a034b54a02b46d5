package dev.golive.examples;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.golive.testkit.ReceivedRequest;
import dev.golive.testkit.Reply;
import dev.golive.time.TimeSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The books of the test company, as the API keeps them: they are reckoned, not scripted, so that what a trial writes is in
 * the next answer. Thread-safe.
 */
final class AccountingBooks {

    /** What opens them. */
    static final String KEY = "the-key-of-the-test-company";

    /** What can be written into them. */
    static final List<String> KINDS = List.of("accounts", "invoices", "expenses", "vat-reports");

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    private final TimeSource time;
    private final ZoneId zone;
    private final Map<String, ObjectNode> entries = new TreeMap<>();

    /** By how much every total is wrong. */
    volatile BigDecimal error = BigDecimal.ZERO;

    AccountingBooks(TimeSource time, ZoneId zone) {
        this.time = time;
        this.zone = zone;
        entries.put("/v1/invoices/1", amounts(new BigDecimal("1000.00"), 20));
        entries.put("/v1/expenses/1", amounts(new BigDecimal("240.00"), 20));
    }

    /** What a trial has left. */
    synchronized List<String> left() {
        return entries.keySet().stream().filter(path -> !path.endsWith("/1")).toList();
    }

    Reply me(ReceivedRequest request) {
        return isOpenTo(request) ? Reply.json("{\"company\":\"Test\"}") : Reply.text(401, "who are you?");
    }

    synchronized Reply add(ReceivedRequest request) {
        String kind = request.path().substring("/v1/".length());
        if (!kind.equals("accounts") && !isOpenTo(request)) {
            return Reply.text(401, "who are you?");
        }
        try {
            JsonNode asked = JSON.readTree(request.bodyText());
            String entry =
                    asked.path(kind.equals("accounts") ? "email" : "number").asText();
            ObjectNode made = made(kind, asked);
            if (entries.putIfAbsent(request.path() + "/" + entry, made) != null) {
                return Reply.text(409, "there is one already");
            }
            return Reply.json(201, JSON.writeValueAsString(made));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What nobody may see is as good as not there. */
    synchronized Reply read(ReceivedRequest request) {
        ObjectNode entry = isOpenTo(request) ? entries.get(request.path()) : null;
        return entry == null ? Reply.status(404) : Reply.json(entry.toString());
    }

    synchronized Reply remove(ReceivedRequest request) {
        if (!isOpenTo(request)) {
            return Reply.text(401, "who are you?");
        }
        return Reply.status(entries.remove(request.path()) == null ? 404 : 204);
    }

    private static boolean isOpenTo(ReceivedRequest request) {
        return request.header("Authorization").filter(("Bearer " + KEY)::equals).isPresent();
    }

    private ObjectNode made(String kind, JsonNode asked) {
        return switch (kind) {
            case "accounts" ->
                JSON.createObjectNode()
                        .put("email", asked.path("email").asText())
                        .put("company", asked.path("company").asText());
            case "invoices" -> invoice(asked);
            case "expenses" -> expense(asked);
            default -> report();
        };
    }

    private ObjectNode invoice(JsonNode asked) {
        BigDecimal net = BigDecimal.ZERO;
        for (JsonNode line : asked.path("lines")) {
            net = net.add(line.path("quantity")
                    .decimalValue()
                    .multiply(line.path("price").decimalValue()));
        }
        return amounts(
                net.setScale(2, RoundingMode.HALF_UP), asked.path("vatRate").asInt());
    }

    private ObjectNode expense(JsonNode asked) {
        BigDecimal total = asked.path("total").decimalValue();
        int rate = asked.path("vatRate").asInt();
        BigDecimal net = total.multiply(HUNDRED).divide(BigDecimal.valueOf(100L + rate), 2, RoundingMode.HALF_UP);
        ObjectNode made = amounts(net, rate);
        int bytes = Base64.getDecoder().decode(asked.path("receipt").asText()).length;
        made.putObject("receipt").put("bytes", bytes);
        return made;
    }

    private ObjectNode amounts(BigDecimal net, int rate) {
        BigDecimal vat = net.multiply(BigDecimal.valueOf(rate)).divide(HUNDRED, 2, RoundingMode.HALF_UP);
        return JSON.createObjectNode()
                .put("vatRate", rate)
                .put("net", net)
                .put("vat", vat)
                .put("total", net.add(vat).add(error));
    }

    private ObjectNode report() {
        BigDecimal sales = vat("/v1/invoices/");
        BigDecimal purchases = vat("/v1/expenses/");
        return JSON.createObjectNode()
                .put("month", YearMonth.from(time.now().atZone(zone)).toString())
                .put("sales", sales)
                .put("purchases", purchases)
                .put("payable", sales.subtract(purchases).add(error));
    }

    private BigDecimal vat(String kind) {
        return entries.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(kind))
                .map(entry -> entry.getValue().path("vat").decimalValue())
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}
