package dev.golive.checks.internal.http;

import dev.golive.CheckContext;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Takes away what a trial wrote. */
public final class CleanUp {

    private CleanUp() {}

    /**
     * Sends all requests, also after one that did not succeed.
     *
     * @throws Exception if one of them did not succeed
     */
    public static void run(CheckContext context, List<RequestPlan> plans) throws Exception {
        List<String> problems = new ArrayList<>();
        for (RequestPlan plan : plans) {
            try {
                int status = new Conversation(context).run(plan).status();
                if (status >= 400 && status != 404 && status != 410) {
                    problems.add(plan + " answered " + status);
                }
            } catch (Conversation.EndedException e) {
                problems.add(plan + ": " + e.outcome().why());
            }
        }
        if (!problems.isEmpty()) {
            throw new IOException(String.join("; ", problems));
        }
    }
}
