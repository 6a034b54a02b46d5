package dev.golive.aws;

import dev.golive.ActionContext;
import dev.golive.Conduct;
import dev.golive.GoLiveException;
import dev.golive.Observation;
import dev.golive.Receipt;
import dev.golive.aws.internal.Calls;
import dev.golive.aws.internal.Service;
import dev.golive.aws.internal.apprunner.AppRunnerPort;
import dev.golive.aws.internal.apprunner.AppRunnerPort.Operation;
import dev.golive.aws.internal.apprunner.AppRunnerPort.State;
import dev.golive.aws.internal.apprunner.Sight;
import java.time.Duration;
import java.util.Optional;

/** Pauses a service, or lets it go on. */
final class AppRunnerSwitch extends AwsAction {

    /** Sends the request. */
    @FunctionalInterface
    interface Request {
        String send(AppRunnerPort port, String arn) throws Exception;
    }

    private final AppRunnerService web;
    private final String target;
    private final String from;
    private final Request request;

    AppRunnerSwitch(AppRunnerService web, String verb, String permission, String target, String from, Request request) {
        super(web.aws(), Service.APP_RUNNER, Kind.REVERSIBLE, verb + " " + web, web.changing(permission));
        this.web = web;
        this.target = target;
        this.from = from;
        this.request = request;
    }

    @Override
    public Conduct conduct() {
        return Conduct.standard().deadline(Duration.ofMinutes(40));
    }

    @Override
    Observation seen(Calls calls, ActionContext context) throws Exception {
        Optional<Sight> seen = web.sight(calls);
        if (seen.isEmpty()) {
            return Observation.refused("there is no " + web);
        }
        Sight sight = seen.get();
        State state = sight.state();
        String found = "the service is " + state.status();
        if (sight.isBusy()) {
            return Observation.underWay(
                    sight.underWay().map(Operation::toString).orElse(found));
        } else if (state.status().equals(target)) {
            return Observation.atTarget(found);
        }
        return state.status().equals(from) ? Observation.notAtTarget(found) : Observation.refused(found);
    }

    @Override
    Receipt sent(Calls calls, ActionContext context) throws Exception {
        AppRunnerPort port = AppRunnerPort.of(calls);
        State state = port.service(web.name()).orElseThrow(() -> new GoLiveException("there is no " + web));
        if (state.status().equals(target)) {
            return Receipt.of(target);
        }
        return Receipt.of(request.send(port, state.arn()));
    }
}
