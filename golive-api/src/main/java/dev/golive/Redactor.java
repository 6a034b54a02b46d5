package dev.golive;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.golive.internal.Ids;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The one place where secret values are cut out of text, in every encoding in which they are likely to turn up.
 * Thread-safe: values are only ever added.
 */
final class Redactor {

    static final String MASK = "***";

    /** Lines of a longer secret, such as a PEM file, are secret on their own from this length. */
    private static final int LINE = 16;

    private record Forms(Set<String> values, List<String> cut, List<String> blanking, List<String> words) {}

    private volatile Forms forms = new Forms(Set.of(), List.of(), List.of(), List.of());

    synchronized void add(String value) {
        if (value.isEmpty() || forms.values.contains(value)) {
            return;
        }
        Set<String> values = new LinkedHashSet<>(forms.values);
        values.add(value);
        if (value.length() < Secret.SHORT) {
            Set<String> blanking = new LinkedHashSet<>(forms.blanking);
            blanking.addAll(shortForms(value));
            forms = new Forms(values, forms.cut, List.copyOf(blanking), forms.words);
            return;
        }
        Set<String> cut = new LinkedHashSet<>(forms.cut);
        addForms(value, cut);
        value.lines().filter(line -> line.length() >= LINE).forEach(line -> addForms(line, cut));
        // the longest first, so that no piece of a longer form remains
        List<String> sorted = cut.stream()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
        // ids are derived from sentences in lower case and without most signs
        List<String> words = sorted.stream()
                .map(Ids::words)
                .filter(form -> form.length() >= Secret.SHORT)
                .distinct()
                .toList();
        forms = new Forms(values, sorted, forms.blanking, words);
    }

    /** How many values are known; a report made when fewer were known is cleaned again. */
    int known() {
        return forms.values.size();
    }

    String clean(String text) {
        Forms now = forms;
        if (now.values.isEmpty() || text.isEmpty()) {
            return text;
        }
        String cleaned = text;
        String before;
        do {
            before = cleaned;
            for (String form : now.cut) {
                if (cleaned.contains(form)) {
                    cleaned = cleaned.replace(form, MASK);
                }
            }
            // what stood around a value, and the mask, may together be a value again; each round is shorter
        } while (!cleaned.equals(before));
        for (String form : now.blanking) {
            if (cleaned.contains(form)) {
                return MASK;
            }
        }
        return cleaned;
    }

    /** Ids must stay different from each other, so one with a secret in it becomes a digest. */
    String cleanId(String id) {
        boolean shows = !clean(id).equals(id) || forms.words.stream().anyMatch(words -> Ids.shows(id, words));
        return shows ? "item-" + Ids.digest(id).substring(0, 8) : id;
    }

    Fact clean(Fact fact) {
        String expected = fact.expected();
        String cleanExpected = expected == null ? null : clean(expected);
        String found = clean(fact.found());
        String name = clean(fact.name());
        boolean same = found.equals(fact.found())
                && name.equals(fact.name())
                && (expected == null || expected.equals(cleanExpected));
        return same ? fact : new Fact(name, cleanExpected, found);
    }

    Outcome clean(Outcome outcome) {
        if (forms.values.isEmpty()) {
            return outcome;
        }
        return outcome.rewritten(
                outcome.finding(),
                clean(outcome.why()),
                outcome.facts().stream().map(this::clean).toList());
    }

    ItemResult clean(ItemResult result) {
        if (forms.values.isEmpty()) {
            return result;
        }
        ItemResult.Draft draft = new ItemResult.Draft(result);
        draft.list = clean(result.list());
        draft.id = cleanId(result.id());
        draft.sentence = clean(result.sentence());
        draft.why = clean(result.why());
        draft.because = clean(result.because());
        draft.facts = result.facts().stream().map(this::clean).toList();
        draft.tags = result.tags().stream().map(this::clean).collect(Collectors.toCollection(LinkedHashSet::new));
        draft.owner = result.owner().map(this::clean).orElse(null);
        draft.blockedBy = result.blockedBy().stream().map(this::cleanId).toList();
        return new ItemResult(draft);
    }

    private static Set<String> shortForms(String value) {
        Set<String> forms = new LinkedHashSet<>();
        forms.add(value);
        forms.add(URLEncoder.encode(value, StandardCharsets.UTF_8));
        forms.add(json(value));
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        String base64 = Base64.getEncoder().encodeToString(bytes);
        forms.add(base64);
        forms.add(Base64.getUrlEncoder().encodeToString(bytes));
        if (value.length() >= 4) {
            aligned(bytes, forms);
        }
        return forms;
    }

    private static void addForms(String value, Set<String> forms) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        forms.add(value);
        String form = URLEncoder.encode(value, StandardCharsets.UTF_8);
        for (String url : List.of(form, form.replace("+", "%20"), strict(bytes))) {
            forms.add(url);
            forms.add(lowerHex(url));
        }
        String json = json(value);
        forms.add(json);
        forms.add(json.replace("/", "\\/"));
        forms.add(asciiJson(json));
        forms.add(value.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;"));
        forms.add(value.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&#34;")
                .replace("'", "&#39;"));
        forms.add(HexFormat.of().formatHex(bytes));
        forms.add(HexFormat.of().withUpperCase().formatHex(bytes));
        forms.add(Base64.getEncoder().encodeToString(bytes));
        forms.add(Base64.getEncoder().withoutPadding().encodeToString(bytes));
        forms.add(Base64.getUrlEncoder().encodeToString(bytes));
        forms.add(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
        aligned(bytes, forms);
    }

    /**
     * What Base64 of any text that contains the value has in it: the value may begin at any of three places within a
     * group of three bytes, and the characters shared with its neighbours vary. "Basic" credentials are such a text.
     */
    private static void aligned(byte[] bytes, Set<String> forms) {
        for (int shift = 0; shift < 3; shift++) {
            byte[] shifted = new byte[bytes.length + shift];
            System.arraycopy(bytes, 0, shifted, shift, bytes.length);
            int first = shift == 0 ? 0 : shift + 1;
            int whole = shifted.length * 8 / 6;
            for (Base64.Encoder encoder : List.of(Base64.getEncoder(), Base64.getUrlEncoder())) {
                String core = encoder.withoutPadding().encodeToString(shifted);
                if (whole - first >= 4) {
                    forms.add(core.substring(first, whole));
                }
            }
        }
    }

    private static String json(String value) {
        return new String(JsonStringEncoder.getInstance().quoteAsString(value));
    }

    private static String asciiJson(String json) {
        StringBuilder ascii = new StringBuilder(json.length());
        json.chars().forEach(c -> ascii.append(c < 128 ? String.valueOf((char) c) : String.format("\\u%04x", c)));
        return ascii.toString();
    }

    /** Percent-encoding of everything that RFC 3986 section 2.3 does not call unreserved. */
    private static String strict(byte[] bytes) {
        StringBuilder text = new StringBuilder();
        for (byte b : bytes) {
            char c = (char) (b & 0xff);
            if (c < 128 && (Character.isLetterOrDigit(c) || "-._~".indexOf(c) >= 0)) {
                text.append(c);
            } else {
                text.append(String.format("%%%02X", (int) c));
            }
        }
        return text.toString();
    }

    private static String lowerHex(String url) {
        StringBuilder text = new StringBuilder(url);
        for (int i = text.indexOf("%"); i >= 0 && i + 3 <= text.length(); i = text.indexOf("%", i + 3)) {
            text.replace(i, i + 3, text.substring(i, i + 3).toLowerCase(Locale.ROOT));
        }
        return text.toString();
    }
}
