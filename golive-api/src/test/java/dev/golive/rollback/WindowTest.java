package dev.golive.rollback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.NoSuchElementException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class WindowTest {

    @Property(tries = 500)
    void it_is_the_queue_that_the_jdk_has(@ForAll List<Boolean> steps) {
        Window<Integer> window = Window.empty();
        Deque<Integer> queue = new ArrayDeque<>();
        int next = 0;
        for (boolean add : steps) {
            Window<Integer> before = window;
            List<Integer> all = window.toList();
            if (add || queue.isEmpty()) {
                window = window.and(next);
                queue.add(next++);
            } else {
                window = window.withoutFirst();
                queue.remove();
            }
            assertThat(before.toList()).isEqualTo(all);
            assertThat(window.toList()).isEqualTo(new ArrayList<>(queue));
            assertThat(window.size()).isEqualTo(queue.size());
            assertThat(window.isEmpty()).isEqualTo(queue.isEmpty());
            if (!queue.isEmpty()) {
                assertThat(window.first()).isEqualTo(queue.peekFirst());
                assertThat(window.last()).isEqualTo(queue.peekLast());
            }
            if (queue.size() > 1) {
                assertThat(window.second()).isEqualTo(new ArrayList<>(queue).get(1));
            }
        }
    }

    @Property(tries = 1)
    void an_empty_one_has_no_element() {
        assertThatThrownBy(() -> Window.empty().first()).isInstanceOf(NoSuchElementException.class);
        assertThatThrownBy(() -> Window.empty().last()).isInstanceOf(NoSuchElementException.class);
    }
}
