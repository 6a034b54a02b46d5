package dev.golive.rollback;

import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * An immutable queue: adding at the end and dropping the first give a new one and take constant time on average, however
 * long it is, because both share nearly everything with the old one.
 */
final class Window<E> {

    private record Link<E>(E value, @Nullable Link<E> next) {}

    private static final Window<?> EMPTY = new Window<>(null, 0, null, 0, null);

    /** Oldest first; never shorter than the back, so that the first two are always at hand. */
    private final @Nullable Link<E> front;

    private final int frontSize;

    /** Newest first. */
    private final @Nullable Link<E> back;

    private final int backSize;

    private final @Nullable E last;

    private Window(@Nullable Link<E> front, int frontSize, @Nullable Link<E> back, int backSize, @Nullable E last) {
        this.front = front;
        this.frontSize = frontSize;
        this.back = back;
        this.backSize = backSize;
        this.last = last;
    }

    @SuppressWarnings("unchecked") // an empty queue has no element of the wrong type
    static <E> Window<E> empty() {
        return (Window<E>) EMPTY;
    }

    int size() {
        return frontSize + backSize;
    }

    boolean isEmpty() {
        return frontSize == 0;
    }

    E first() {
        return given(front).value();
    }

    E second() {
        Link<E> next = given(front).next();
        return next == null ? given(back).value() : next.value();
    }

    E last() {
        if (last == null) {
            throw new NoSuchElementException("the window is empty");
        }
        return last;
    }

    Window<E> and(E value) {
        return balanced(front, frontSize, new Link<>(value, back), backSize + 1, value);
    }

    Window<E> withoutFirst() {
        return size() == 1 ? empty() : balanced(given(front).next(), frontSize - 1, back, backSize, last);
    }

    private static <E> Window<E> balanced(
            @Nullable Link<E> front, int frontSize, @Nullable Link<E> back, int backSize, @Nullable E last) {
        if (backSize <= frontSize) {
            return new Window<>(front, frontSize, back, backSize, last);
        }
        List<E> all = new ArrayList<>(frontSize + backSize);
        collect(front, back, all);
        Link<E> joined = null;
        for (int i = all.size() - 1; i >= 0; i--) {
            joined = new Link<>(all.get(i), joined);
        }
        return new Window<>(joined, all.size(), null, 0, last);
    }

    /** All of them, oldest first. */
    List<E> toList() {
        List<E> all = new ArrayList<>(size());
        collect(front, back, all);
        return all;
    }

    private static <E> void collect(@Nullable Link<E> front, @Nullable Link<E> back, List<E> all) {
        for (Link<E> link = front; link != null; link = link.next()) {
            all.add(link.value());
        }
        int older = all.size();
        for (Link<E> link = back; link != null; link = link.next()) {
            all.add(link.value());
        }
        java.util.Collections.reverse(all.subList(older, all.size()));
    }

    private static <E> Link<E> given(@Nullable Link<E> link) {
        if (link == null) {
            throw new NoSuchElementException("the window is empty");
        }
        return link;
    }
}
