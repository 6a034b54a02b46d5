package dev.golive.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.golive.Answer;
import dev.golive.Person;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Bad arguments of the public methods here are refused at once, by name. */
class ArgumentsTest {

    private static final SigningKey KEY = SigningKey.generate();
    private static final Answer ANSWER =
            new Answer("W4", Answer.Kind.APPROVED, Person.human("kim"), Journals.AT, "abc", "");

    private static Map<Class<?>, Object> good() {
        Map<Class<?>, Object> good = new LinkedHashMap<>();
        good.put(String.class, "{}");
        good.put(long.class, 1L);
        good.put(int.class, 1);
        good.put(boolean.class, false);
        good.put(Instant.class, Journals.AT);
        good.put(List.class, List.of());
        good.put(Map.class, Map.of());
        good.put(Path.class, Path.of("none"));
        good.put(Consumer.class, (Consumer<Entry>) entry -> {});
        good.put(SigningKey.class, KEY);
        good.put(VerifyingKey.class, KEY.verifyingKey());
        good.put(Answer.class, ANSWER);
        good.put(SignedAnswer.class, SignedAnswer.of(ANSWER, KEY));
        good.put(SignedAnswer[].class, new SignedAnswer[0]);
        good.put(String[].class, new String[0]);
        return good;
    }

    private static List<Object> receivers() {
        return List.of(
                Journal.inMemory(),
                KEY,
                KEY.verifyingKey(),
                TextSignature.of("", KEY),
                SignedAnswers.of(Map.of("{}", KEY.verifyingKey())));
    }

    @Test
    void null_is_refused_by_the_name_of_the_argument() throws Exception {
        List<Executable> entries = new ArrayList<>();
        for (Class<?> type : List.of(
                Journal.class,
                Journal.Draft.class,
                Entry.class,
                SigningKey.class,
                VerifyingKey.class,
                TextSignature.class,
                SignedAnswer.class,
                SignedAnswers.class)) {
            for (Method method : type.getDeclaredMethods()) {
                if (Modifier.isPublic(method.getModifiers())
                        && !method.isSynthetic()
                        && !method.getName().equals("equals")) {
                    entries.add(method);
                }
            }
            entries.addAll(List.of(type.getConstructors()));
        }
        int refused = 0;
        for (Executable entry : entries) {
            for (int i = 0; i < entry.getParameterCount(); i++) {
                if (!entry.getParameterTypes()[i].isPrimitive()) {
                    assertRefusesNull(entry, i);
                    refused++;
                }
            }
        }
        assertThat(refused).isGreaterThan(40);
    }

    private static void assertRefusesNull(Executable entry, int position) {
        Object[] arguments = new Object[entry.getParameterCount()];
        for (int i = 0; i < arguments.length; i++) {
            arguments[i] = i == position ? null : good().get(entry.getParameterTypes()[i]);
            assertThat(i == position || arguments[i] != null).as("%s", entry).isTrue();
        }
        Parameter parameter = entry.getParameters()[position];
        assertThatThrownBy(() -> call(entry, arguments))
                .as("%s of %s", parameter.getName(), entry)
                .isInstanceOf(NullPointerException.class)
                .hasMessage(parameter.getName() + " must not be null");
    }

    private static void call(Executable entry, Object[] arguments) throws Throwable {
        try {
            if (entry instanceof Constructor<?> constructor) {
                constructor.newInstance(arguments);
            } else {
                Method method = (Method) entry;
                Object receiver = Modifier.isStatic(method.getModifiers())
                        ? null
                        : receivers().stream()
                                .filter(method.getDeclaringClass()::isInstance)
                                .findFirst()
                                .orElseThrow();
                method.invoke(receiver, arguments);
            }
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    @Test
    void data_must_be_one_json_object() {
        for (String bad : List.of(
                "",
                " ",
                "1",
                "null",
                "[]",
                "\"x\"",
                "{",
                "{}{}",
                "{} x",
                "{x:1}",
                "{'x':1}",
                "{\"x\":1,}",
                "{\"x\":NaN}",
                "{\"x\":01}",
                "{\"x\":1,\"x\":1}",
                "{\"x\":{\"y\":1,\"\\u0079\":1}}",
                "{\"x\":\"\n\"}",
                "/**/{}",
                "\ufeff{}")) {
            assertThatThrownBy(() -> new Journal.Draft(Journals.AT, "kim", "type", bad))
                    .as(bad)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("data must be ");
        }
        assertThat(new Journal.Draft(Journals.AT, "kim", "type", "\t{ \"x\" : [ 1 , { } ] }\n").data())
                .isEqualTo("{\"x\":[1,{}]}");
    }

    @Test
    void blank_texts_and_numbers_that_do_not_count_from_1_are_refused() {
        assertThatThrownBy(() -> new Journal.Draft(Journals.AT, " ", "type", "{}"))
                .hasMessage("actor must not be blank");
        assertThatThrownBy(() -> new Journal.Draft(Journals.AT, "kim", "", "{}"))
                .hasMessage("type must not be blank");
        assertThatThrownBy(() -> new Entry(0, Journals.AT, "kim", 1, "type", "{}", "0", "0"))
                .hasMessage("number must be at least 1 but was 0");
        assertThatThrownBy(() -> new Entry(1, Journals.AT, "kim", 0, "type", "{}", "0", "0"))
                .hasMessage("epoch must be at least 1 but was 0");
        assertThatThrownBy(() -> new Verification(true, 3, 4, "", "0"))
                .hasMessage("firstBad must be 0 of an intact journal but was 4");
        assertThatThrownBy(() -> new Verification(false, 3, 5, "", "0"))
                .hasMessage("firstBad must be 4 of a journal with 3 intact entries but was 5");
        assertThatThrownBy(() -> new Verification(true, -1, 0, "", "0"))
                .hasMessage("entries must not be negative but was -1");
    }
}
