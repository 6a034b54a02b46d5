package dev.golive.provider;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MemoryTest {

    private final Memory memory = new Memory(2);

    @Test
    void what_is_remembered_is_forgotten_from_the_oldest_on() {
        memory.remember("one", 1);
        memory.remember("two", 2);
        memory.remember("one", 11);
        memory.remember("three", 3);

        assertThat(memory.remembered("two", Integer.class)).isEmpty();
        assertThat(memory.remembered("one", Integer.class)).contains(11);
        assertThat(memory.remembered("three", Integer.class)).contains(3);
    }

    @Test
    void what_is_forgotten_or_of_another_type_is_not_there() {
        memory.remember("one", 1);
        memory.remember("two", 2);
        memory.forget("one");

        assertThat(memory.remembered("one", Integer.class)).isEmpty();
        assertThat(memory.remembered("two", String.class)).isEmpty();
    }
}
