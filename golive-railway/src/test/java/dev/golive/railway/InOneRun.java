package dev.golive.railway;

import dev.golive.Action;
import dev.golive.ActionContext;
import dev.golive.Observation;
import dev.golive.Permission;
import dev.golive.Receipt;
import dev.golive.Secret;
import dev.golive.Subject;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is done with several actions in one run, which remembers what it did. */
record InOneRun(List<Action> actions, Steps steps) implements Action {

    /** What is done. */
    @FunctionalInterface
    interface Steps {
        Observation take(Run run) throws Exception;
    }

    /** The run. */
    record Run(ActionContext context) {

        Receipt apply(Action action) throws Exception {
            return action.apply(context);
        }

        Observation observe(Action action, @Nullable Receipt receipt) throws Exception {
            return action.observe(after(receipt));
        }

        Observation toTheEnd(Action action) throws Exception {
            Observation found = action.observe(context);
            return found.state() == Observation.State.NOT_AT_TARGET ? await(action, action.apply(context)) : found;
        }

        Observation await(Action action, @Nullable Receipt receipt) throws Exception {
            Observation found = observe(action, receipt);
            while (found.state() == Observation.State.UNDER_WAY) {
                context.time()
                        .sleepUntil(context.time().now().plus(action.conduct().every()));
                found = observe(action, receipt);
            }
            return found;
        }

        private ActionContext after(@Nullable Receipt receipt) {
            return (ActionContext) Proxy.newProxyInstance(
                    InOneRun.class.getClassLoader(),
                    new Class<?>[] {ActionContext.class},
                    (proxy, method, arguments) -> {
                        if (method.getName().equals("receipt")) {
                            return Optional.ofNullable(receipt);
                        }
                        try {
                            return method.invoke(context, arguments);
                        } catch (InvocationTargetException e) {
                            throw e.getCause();
                        }
                    });
        }
    }

    @Override
    public String sentence() {
        return "several actions in one run";
    }

    @Override
    public Kind kind() {
        return Kind.DESTRUCTIVE;
    }

    @Override
    public Observation observe(ActionContext context) throws Exception {
        return steps.take(new Run(context));
    }

    @Override
    public Receipt apply(ActionContext context) {
        throw new IllegalStateException("it is only observed");
    }

    @Override
    public Set<Permission> permissions() {
        Set<Permission> all = new HashSet<>();
        actions.forEach(one -> all.addAll(one.permissions()));
        return all;
    }

    @Override
    public Set<Subject> touches() {
        Set<Subject> all = new HashSet<>();
        actions.forEach(one -> all.addAll(one.touches()));
        return all;
    }

    @Override
    public Set<Secret> secrets() {
        Set<Secret> all = new HashSet<>();
        actions.forEach(one -> all.addAll(one.secrets()));
        return all;
    }
}
