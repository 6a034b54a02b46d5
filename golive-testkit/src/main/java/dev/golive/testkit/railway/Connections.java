package dev.golive.testkit.railway;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Lists in pages, as Relay has them. */
final class Connections {

    private Connections() {}

    /**
     * A page of a list.
     *
     * @param all what is listed
     * @param id what a cursor says of an element, which is the same in every request
     * @param node what is told of an element
     * @param args the arguments of the field: {@code first}, {@code after}, {@code last} and {@code before}
     * @param most how many there are on a page at most
     * @param endless whether every page says that there are more, although the cursor goes nowhere after the last
     */
    static <T> Map<String, @Nullable Object> page(
            List<T> all, Function<T, String> id, Function<T, Object> node, Args args, int most, boolean endless) {
        int from = 0;
        int to = all.size();
        String after = args.maybe("after");
        String before = args.maybe("before");
        if (after != null) {
            from = position(all, id, after) + 1;
        }
        if (before != null) {
            to = Math.max(from, position(all, id, before));
        }
        Integer first = args.number("first");
        Integer last = args.number("last");
        if (first != null && first < 0 || last != null && last < 0) {
            throw RailwayError.problem();
        }
        int size = Math.min(most, first != null ? first : last != null ? last : most);
        boolean more = to - from > size;
        if (first == null && last != null) {
            from = Math.max(from, to - size);
        } else {
            to = Math.min(to, from + size);
        }
        List<Object> edges = new ArrayList<>();
        for (T one : all.subList(from, to)) {
            Map<String, Object> edge = new LinkedHashMap<>();
            edge.put("cursor", cursor(id.apply(one)));
            edge.put("node", node.apply(one));
            edges.add(edge);
        }
        Map<String, @Nullable Object> info = new LinkedHashMap<>();
        boolean backwards = first == null && last != null;
        info.put("hasNextPage", endless || (backwards ? to < all.size() : more));
        info.put("hasPreviousPage", from > 0);
        info.put("startCursor", from < to ? cursor(id.apply(all.get(from))) : after);
        info.put("endCursor", from < to ? cursor(id.apply(all.get(to - 1))) : after);
        Map<String, @Nullable Object> page = new LinkedHashMap<>();
        page.put("edges", edges);
        page.put("pageInfo", info);
        return page;
    }

    private static <T> int position(List<T> all, Function<T, String> id, String cursor) {
        for (int i = 0; i < all.size(); i++) {
            if (cursor(id.apply(all.get(i))).equals(cursor)) {
                return i;
            }
        }
        throw RailwayError.problem();
    }

    private static String cursor(String id) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(("at:" + id).getBytes(StandardCharsets.UTF_8));
    }
}
