package dev.golive.aws;

import dev.golive.ActionContext;
import dev.golive.Capture;
import dev.golive.Component;
import dev.golive.Deploy;
import dev.golive.Release;
import dev.golive.aws.internal.Given;
import dev.golive.aws.internal.apprunner.Configuration;
import dev.golive.aws.internal.apprunner.ImageName;
import dev.golive.aws.internal.apprunner.Sight;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Puts an image, variables or both live on a service of App Runner, with one request. It is at its target when the
 * operation has succeeded and the service runs what was asked for. Immutable and thread-safe.
 */
public final class AppRunnerDeploy extends AppRunnerAction implements Deploy {

    private final @Nullable String image;
    private final Map<String, String> set;
    private final Set<String> unset;
    private final Capture<Release> release;

    AppRunnerDeploy(AppRunnerService web, @Nullable String image, Map<String, String> set, Set<String> unset) {
        super(
                web,
                sentence(web, image, set, unset),
                web.changing("apprunner:UpdateService", "apprunner:StartDeployment"));
        this.image = image;
        this.set = set;
        this.unset = unset;
        this.release = Capture.given("release of " + web.name(), Release.class);
    }

    private static String sentence(
            AppRunnerService web, @Nullable String image, Map<String, String> set, Set<String> unset) {
        StringBuilder sentence = new StringBuilder();
        sentence.append(image == null ? "reconfigure " : "deploy " + image + " to ")
                .append(web);
        if (!set.isEmpty()) {
            sentence.append(", set ").append(String.join(", ", set.keySet()));
        }
        if (!unset.isEmpty()) {
            sentence.append(", unset ").append(String.join(", ", unset));
        }
        return sentence.toString();
    }

    /**
     * The same, which also gives a variable a value. Values stand neither in the sentence nor in a journal.
     *
     * @param variable the name of the variable
     * @param value its value
     * @return the new deployment
     */
    public AppRunnerDeploy set(String variable, String value) {
        Map<String, String> more = new TreeMap<>(set);
        more.put(Given.text(variable, "variable"), Given.notNull(value, "value"));
        Set<String> less = new LinkedHashSet<>(unset);
        less.remove(variable);
        return new AppRunnerDeploy(web(), image, more, less);
    }

    /**
     * The same, which also takes a variable away.
     *
     * @param variable the name of the variable
     * @return the new deployment
     */
    public AppRunnerDeploy unset(String variable) {
        Map<String, String> less = new TreeMap<>(set);
        less.remove(Given.text(variable, "variable"));
        Set<String> more = new LinkedHashSet<>(unset);
        more.add(variable);
        return new AppRunnerDeploy(web(), image, less, more);
    }

    @Override
    public Capture<Release> release() {
        return release;
    }

    @Override
    public Component component() {
        return web();
    }

    @Override
    boolean isReached(Sight sight, ActionContext context) throws Exception {
        return isConfigured(sight) && !sight.isOutrun();
    }

    private boolean isConfigured(Sight sight) {
        Configuration found = sight.state().configuration();
        String wanted = image;
        if (wanted != null && !target(sight, wanted).identifier().equals(found.image())) {
            return false;
        }
        return set.entrySet().stream()
                        .allMatch(one -> AppRunnerService.differs(found, one.getKey(), one.getValue()) == null)
                && unset.stream()
                        .noneMatch(name -> found.variables().containsKey(name)
                                || found.secrets().containsKey(name));
    }

    private static ImageName target(Sight sight, String image) {
        return ImageName.of(image)
                .besides(ImageName.of(sight.state().configuration().image()));
    }

    @Override
    Optional<String> refusal(Sight sight) throws Exception {
        if (!sight.state().configuration().isOfImage()) {
            return Optional.of(web() + " runs code of a repository, not an image");
        }
        String wanted = image;
        if (wanted != null) {
            ImageName target = target(sight, wanted);
            if (target.isPrivate() && sight.image(target).isEmpty()) {
                return Optional.of("there is no image " + target.identifier());
            }
        }
        return Optional.empty();
    }

    @Override
    String begin(Sight sight) throws Exception {
        if (isConfigured(sight)) {
            // the tag stands for another image by now, and there is nothing to update
            return sight.port().redeploy(sight.state().arn());
        }
        Configuration target = sight.state().configuration();
        String wanted = image;
        if (wanted != null) {
            target = target.image(target(sight, wanted).identifier());
        }
        for (Map.Entry<String, String> one : set.entrySet()) {
            target = target.variable(one.getKey(), one.getValue());
        }
        for (String name : unset) {
            target = target.withoutVariable(name);
        }
        return sight.port().update(sight.state().arn(), target);
    }
}
