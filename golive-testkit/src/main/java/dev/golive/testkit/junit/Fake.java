package dev.golive.testkit.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Names a fake, so that a test has several of one type: {@code @Fake("origin") HttpFake origin}. Parameters of one test
 * with the same type and name are the same fake.
 */
@Documented
@Target(ElementType.PARAMETER)
@Retention(RetentionPolicy.RUNTIME)
public @interface Fake {

    /**
     * What the fake is called in the test.
     *
     * @return the name
     */
    String value();
}
