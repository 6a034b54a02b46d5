package dev.golive.testkit.internal.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UriPatternTest {

    private static final UriPattern OBJECT = UriPattern.of("/{Bucket}/{Key+}");

    @Test
    void labels_are_decoded_and_a_plus_is_a_plus() {
        assertThat(UriPattern.of("/2020-05-31/distribution/{Id}/config")
                        .match("/2020-05-31/distribution/a%2Fb+c%E2%82%AC/config", ""))
                .contains(Map.of("Id", "a/b+c\u20ac"));
    }

    @Test
    void a_label_stands_for_one_part_that_is_not_empty() {
        UriPattern pattern = UriPattern.of("/a/{Id}");
        assertThat(pattern.match("/a/", "")).isEmpty();
        assertThat(pattern.match("/a", "")).isEmpty();
        assertThat(pattern.match("/a/b/c", "")).isEmpty();
        assertThat(pattern.match("/b/x", "")).isEmpty();
        assertThat(pattern.match("a/x", "")).isEmpty();
    }

    @Test
    void a_label_with_a_plus_takes_what_there_is() {
        assertThat(OBJECT.match("/b/k", "")).contains(Map.of("Bucket", "b", "Key", "k"));
        assertThat(OBJECT.match("/b/folder/%20k/", "")).contains(Map.of("Bucket", "b", "Key", "folder/ k/"));
        assertThat(OBJECT.match("/b//k", "")).contains(Map.of("Bucket", "b", "Key", "/k"));
        assertThat(OBJECT.match("/b/", "")).isEmpty();
        assertThat(OBJECT.match("/b", "")).isEmpty();
        assertThat(UriPattern.of("/{a}/x/{b+}/y").match("/1/x/2/3/y", "")).contains(Map.of("a", "1", "b", "2/3"));
    }

    @Test
    void a_slash_at_the_end_makes_no_difference() {
        assertThat(UriPattern.of("/{Bucket}").match("/b/", "")).contains(Map.of("Bucket", "b"));
        assertThat(UriPattern.of("/functions/").match("/functions", "")).contains(Map.of());
        assertThat(UriPattern.of("/").match("/", "")).contains(Map.of());
    }

    @Test
    void what_the_pattern_has_after_the_question_mark_must_be_there() {
        UriPattern versions = UriPattern.of("/{Bucket}?versions");
        assertThat(versions.match("/b", "versions")).isPresent();
        assertThat(versions.match("/b", "prefix=x&versions=")).isPresent();
        assertThat(versions.match("/b", "versions=1")).isPresent();
        assertThat(versions.match("/b", "version")).isEmpty();
        assertThat(versions.match("/b", "")).isEmpty();
        UriPattern second = UriPattern.of("/{Bucket}?list-type=2");
        assertThat(second.match("/b", "list-type=2")).isPresent();
        assertThat(second.match("/b", "list-type=1")).isEmpty();
    }

    @Test
    void broken_encoding_is_malformed() {
        assertThatThrownBy(() -> OBJECT.match("/b/%zz", "")).isInstanceOf(MalformedRequestException.class);
        assertThatThrownBy(() -> OBJECT.match("/b/%4", "")).isInstanceOf(MalformedRequestException.class);
        assertThatThrownBy(() -> OBJECT.match("/b/%ff", "")).isInstanceOf(MalformedRequestException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "/x{a}", "/{a", "/{}", "/{a+}/{b+}", "/{a}b"})
    void what_is_no_pattern_is_refused(String pattern) {
        assertThatThrownBy(() -> UriPattern.of(pattern))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"" + pattern + "\"");
    }

    @Property(tries = 50)
    void the_most_specific_comes_first_whatever_the_order_was(@ForAll long seed) {
        List<String> right = List.of(
                "/a/b/{Id}",
                "/a/{Id}/c",
                "/a/{Id}",
                "/{Bucket}/{Key+}?uploadId&partNumber",
                "/{Bucket}/{Key+}?acl",
                "/{Bucket}/{Key+}",
                "/{Bucket}?list-type=2",
                "/{Bucket}?versions",
                "/{Bucket}",
                "/");
        List<String> shuffled = new ArrayList<>(right);
        Collections.shuffle(shuffled, new Random(seed));
        assertThat(shuffled.stream()
                        .map(UriPattern::of)
                        .sorted(UriPattern.MOST_SPECIFIC_FIRST)
                        .map(UriPattern::toString)
                        .collect(Collectors.toList()))
                .isEqualTo(right);
    }
}
