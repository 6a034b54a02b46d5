package dev.golive.checks.internal.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a query by the grammar of RFC 9535, appendix A, and refuses everything else. */
final class PathParser {

    private static final long LARGEST = (1L << 53) - 1;
    private static final int DEEPEST = 64;

    private final Characters in;
    private int depth;

    PathParser(String text, String argument) {
        this.in = new Characters(text, argument);
    }

    /** The whole query. */
    List<Segment> query() {
        in.require('$');
        List<Segment> segments = segments();
        if (!in.atEnd()) {
            throw in.wrong("a segment that begins with . or [");
        }
        return segments;
    }

    private List<Segment> segments() {
        List<Segment> segments = new ArrayList<>();
        while (true) {
            int before = in.position();
            in.skipBlanks();
            if (in.peek() == '[') {
                segments.add(new Segment(false, bracketed()));
            } else if (in.accept("..")) {
                segments.add(new Segment(true, in.peek() == '[' ? bracketed() : List.of(shorthand())));
            } else if (in.accept(".")) {
                segments.add(new Segment(false, List.of(shorthand())));
            } else {
                // blanks belong to what follows
                in.backTo(before);
                return List.copyOf(segments);
            }
        }
    }

    private Selector shorthand() {
        if (in.accept("*")) {
            return new Selector.Wildcard();
        }
        return new Selector.Name(in.memberName());
    }

    private List<Selector> bracketed() {
        enter();
        in.require('[');
        List<Selector> selectors = new ArrayList<>();
        do {
            in.skipBlanks();
            selectors.add(selector());
            in.skipBlanks();
        } while (in.accept(","));
        in.require(']');
        depth--;
        return List.copyOf(selectors);
    }

    private void enter() {
        if (++depth > DEEPEST) {
            throw in.wrong("at most " + DEEPEST + " levels of nesting");
        }
    }

    private Selector selector() {
        int c = in.peek();
        if (c == '\'' || c == '"') {
            return new Selector.Name(in.string());
        }
        if (in.accept("*")) {
            return new Selector.Wildcard();
        }
        if (in.accept("?")) {
            in.skipBlanks();
            return new Selector.Filter(or());
        }
        Long start = c == ':' ? null : integer();
        int after = in.position();
        in.skipBlanks();
        if (start != null && in.peek() != ':') {
            in.backTo(after);
            return new Selector.Index(start);
        }
        return slice(start);
    }

    private Selector slice(@Nullable Long start) {
        in.require(':');
        in.skipBlanks();
        Long end = startsInteger() ? integer() : null;
        in.skipBlanks();
        long step = 1;
        if (in.accept(":")) {
            in.skipBlanks();
            step = startsInteger() ? integer() : 1;
        }
        return new Selector.Slice(start, end, step);
    }

    private boolean startsInteger() {
        return in.peek() == '-' || Characters.isDigit(in.peek());
    }

    private long integer() {
        String digits = in.integer();
        if (digits.equals("-0") || digits.length() > 17) {
            throw in.wrong("an integer between -" + LARGEST + " and " + LARGEST);
        }
        long value = Long.parseLong(digits);
        if (Math.abs(value) > LARGEST) {
            throw in.wrong("an integer between -" + LARGEST + " and " + LARGEST);
        }
        return value;
    }

    // ---- filters

    private Expression.Logical or() {
        enter();
        List<Expression.Logical> terms = new ArrayList<>();
        do {
            in.skipBlanks();
            terms.add(and());
        } while (in.acceptAfterBlanks("||"));
        depth--;
        return terms.size() == 1
                ? terms.get(0)
                : (root, current) -> terms.stream().anyMatch(term -> term.holds(root, current));
    }

    private Expression.Logical and() {
        List<Expression.Logical> terms = new ArrayList<>();
        do {
            in.skipBlanks();
            terms.add(basic());
        } while (in.acceptAfterBlanks("&&"));
        return terms.size() == 1
                ? terms.get(0)
                : (root, current) -> terms.stream().allMatch(term -> term.holds(root, current));
    }

    private Expression.Logical basic() {
        boolean not = in.accept("!");
        if (not) {
            in.skipBlanks();
        }
        Expression.Logical condition;
        if (in.accept("(")) {
            condition = or();
            in.skipBlanks();
            in.require(')');
        } else {
            condition = comparisonOrTest(not);
        }
        return not ? (root, current) -> !condition.holds(root, current) : condition;
    }

    private Expression.Logical comparisonOrTest(boolean not) {
        Expression left = operand();
        String operator = not ? null : operator();
        if (operator != null) {
            in.skipBlanks();
            return Expression.compare(comparable(left), operator, comparable(operand()));
        }
        if (left instanceof Expression.Query query) {
            return query.exists();
        }
        if (left instanceof Expression.Logical test) {
            return test;
        }
        throw in.wrong("a comparison");
    }

    private @Nullable String operator() {
        for (String operator : List.of("==", "!=", "<=", ">=", "<", ">")) {
            if (in.acceptAfterBlanks(operator)) {
                return operator;
            }
        }
        return null;
    }

    private Expression.Value comparable(Expression operand) {
        if (operand instanceof Expression.Query query && query.singular()) {
            return query.value();
        }
        if (operand instanceof Expression.Value value) {
            return value;
        }
        throw in.wrong("something that has one value at most to compare");
    }

    private Expression operand() {
        int c = in.peek();
        if (in.accept("@")) {
            return new Expression.Query(false, segments());
        }
        if (in.accept("$")) {
            return new Expression.Query(true, segments());
        }
        if (c == '\'' || c == '"') {
            return literal(TextNode.valueOf(in.string()));
        }
        if (c == '-' || Characters.isDigit(c)) {
            return literal(number());
        }
        String word = in.word();
        return switch (word) {
            case "true" -> literal(BooleanNode.TRUE);
            case "false" -> literal(BooleanNode.FALSE);
            case "null" -> literal(NullNode.getInstance());
            default -> function(word);
        };
    }

    private static Expression.Value literal(JsonNode node) {
        return (root, current) -> node;
    }

    private JsonNode number() {
        String digits = in.number();
        try {
            return DecimalNode.valueOf(new BigDecimal(digits));
        } catch (NumberFormatException e) {
            throw in.wrong("a number with an exponent that can be computed with");
        }
    }

    private Expression function(String name) {
        if (!in.accept("(")) {
            throw in.wrong("a query, a literal or a function");
        }
        enter();
        List<Expression> arguments = new ArrayList<>();
        in.skipBlanks();
        if (in.peek() != ')') {
            do {
                in.skipBlanks();
                arguments.add(argument());
                in.skipBlanks();
            } while (in.accept(","));
        }
        in.require(')');
        depth--;
        int count = arguments.size();
        return switch (name + "/" + count) {
            case "length/1" -> Expression.length(comparable(arguments.get(0)));
            case "count/1" -> Expression.count(nodes(arguments.get(0)));
            case "value/1" -> nodes(arguments.get(0)).value();
            case "match/2" -> Expression.matches(comparable(arguments.get(0)), comparable(arguments.get(1)), true);
            case "search/2" -> Expression.matches(comparable(arguments.get(0)), comparable(arguments.get(1)), false);
            default ->
                throw in.wrong("a function that exists (length, count, value, match, search), with its arguments");
        };
    }

    private Expression argument() {
        int before = in.position();
        Expression first = operand();
        in.skipBlanks();
        if (in.peek() == ',' || in.peek() == ')') {
            return first;
        }
        // a condition, which none of the functions takes; read it to say so at its place
        in.backTo(before);
        return or();
    }

    private Expression.Query nodes(Expression argument) {
        if (argument instanceof Expression.Query query) {
            return query;
        }
        throw in.wrong("a query as the argument");
    }
}
