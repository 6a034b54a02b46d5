package dev.golive.testkit.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Gives each test, or the tests of a class, a virtual time of its own. Fakes of {@link FakesExtension} wait on it, and
 * parameters of type {@code VirtualTime} and {@code TimeSource} are it.
 */
@Documented
@Inherited
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
public @interface InVirtualTime {

    /**
     * The instant at which the test begins.
     *
     * @return an ISO instant
     */
    String value() default "2027-03-02T09:00:00Z";
}
