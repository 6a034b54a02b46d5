package dev.golive.testkit.internal.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpBindingsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "a, b ,c|a/b/c",
                "\"b,c\", \"\\\"def\\\"\", a|b,c/\"def\"/a",
                "\" a \" , b|~ a /b~",
                "a\"b, c|a\"b/c",
                "a|a",
                "a,,b|a//b"
            })
    void the_elements_of_a_list_are_told_apart(String value, String elements) {
        assertThat(HttpBindings.split(value, false)).containsExactly(elements.split("/"));
    }

    @Test
    void a_date_keeps_its_comma() {
        assertThat(HttpBindings.split("Mon, 16 Dec 2019 23:48:18 GMT, Tue, 17 Dec 2019 23:48:18 GMT", true))
                .containsExactly("Mon, 16 Dec 2019 23:48:18 GMT", "Tue, 17 Dec 2019 23:48:18 GMT");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"a", "\"a\"b", "a, \"b\\\""})
    void quotes_that_do_not_match_are_malformed(String value) {
        assertThatThrownBy(() -> HttpBindings.split(value, false)).isInstanceOf(MalformedRequestException.class);
    }
}
