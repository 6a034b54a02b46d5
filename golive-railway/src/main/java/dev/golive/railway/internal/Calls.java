package dev.golive.railway.internal;

import dev.golive.CheckContext;
import dev.golive.provider.ApiJson;
import dev.golive.provider.ApiProblem;
import dev.golive.provider.ApiProblem.Kind;
import dev.golive.provider.ApiRequest;
import dev.golive.provider.Place;
import dev.golive.provider.RateLimit;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * The calls of one attempt to one environment of one project, with the transport of the session and within the attempt's
 * time. That the token opens what was meant is found out once in a session, before anything else is asked.
 */
public final class Calls {

    private static final Pattern ID = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
    private static final int PAGE = 100;

    /** No list that golive reads is longer; one that is was not read to its end. */
    private static final int MOST_PAGES = 50;

    private final Session session;
    private final String project;
    private final String environment;
    private final CheckContext context;

    private Calls(Session session, String project, String environment, CheckContext context) {
        this.session = session;
        this.project = project;
        this.environment = environment;
        this.context = context;
    }

    /**
     * Makes calls in an attempt.
     *
     * @param project the name or the id of the project that is meant
     * @param environment the name or the id of the environment that is meant
     * @throws ApiProblem if something stood between golive and an answer
     */
    public static <T> T during(
            Session session, String project, String environment, CheckContext context, Place.Asking<Calls, T> asking)
            throws Exception {
        return asking.ask(new Calls(session, project, environment, context));
    }

    // ---- asking

    /** The answer to a document: the value of its root field. */
    public ApiJson ask(Operation operation, Map<String, ?> variables) throws InterruptedException {
        confirm(operation);
        return asked(operation, variables);
    }

    /** What is read is of where the session is; what is changed must be what was meant now, and not when it began. */
    private void confirm(Operation operation) throws InterruptedException {
        if (!operation.isWriting()) {
            scope();
            return;
        }
        try {
            freshScope();
        } catch (ApiProblem e) {
            // whoever looks for what came of a request must know that there was none
            throw e.isAmbiguous()
                    ? ApiProblem.of(
                            Kind.REFUSED, "nothing was changed, since where the token leads is not known: " + e.why())
                    : e;
        }
    }

    private ApiJson asked(Operation operation, Map<String, ?> variables) throws InterruptedException {
        try {
            return shared(operation, variables).said();
        } catch (ApiProblem e) {
            throw explained(e);
        }
    }

    /**
     * The same for a document that carries values which are nobody's business: Railway may repeat what it refuses, and its
     * words are dropped.
     */
    public ApiJson askWithValues(Operation operation, Map<String, ?> variables) throws InterruptedException {
        confirm(operation);
        try {
            return asked(operation, variables);
        } catch (ApiProblem e) {
            throw e.kind() == Kind.REFUSED || e.kind() == Kind.BROKEN
                    ? e.reworded("Railway did not take what was sent")
                    : e;
        }
    }

    /** The same, empty if Railway says that there is no such thing. */
    public Optional<ApiJson> find(Operation operation, Map<String, ?> variables) throws InterruptedException {
        try {
            return Optional.of(ask(operation, variables));
        } catch (ApiProblem e) {
            if (e.kind() == Kind.NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** All nodes of a list with pages; {@code path} leads from the value of the root field to it. */
    public List<ApiJson> all(Operation operation, Map<String, ?> variables, String... path)
            throws InterruptedException {
        scope();
        try {
            return pages(operation, variables, path);
        } catch (ApiProblem e) {
            throw explained(e);
        }
    }

    /**
     * The newest hundred nodes of a list with pages, and perhaps more, the newest first.
     *
     * @param createdAt from when a node is
     * @throws ApiProblem if there are more, and those that came are not the newest
     */
    public List<ApiJson> newest(Operation operation, Map<String, ?> variables, Function<ApiJson, Instant> createdAt)
            throws InterruptedException {
        scope();
        List<ApiJson> nodes;
        try {
            nodes = pages(operation, variables, PAGE);
        } catch (ApiProblem e) {
            throw explained(e);
        }
        List<ApiJson> sorted = new ArrayList<>(nodes);
        sorted.sort(Comparator.comparing(createdAt).reversed());
        if (nodes.size() >= PAGE
                && createdAt.apply(nodes.get(0)).isBefore(createdAt.apply(nodes.get(nodes.size() - 1)))) {
            throw ApiProblem.undecided("Railway does not list the newest of " + operation + " first");
        }
        return List.copyOf(sorted);
    }

    private List<ApiJson> pages(Operation operation, Map<String, ?> variables, String... path)
            throws InterruptedException {
        return pages(operation, variables, Integer.MAX_VALUE, path);
    }

    /** The nodes up to the end of the list, or of the page on which there are enough. */
    private List<ApiJson> pages(Operation operation, Map<String, ?> variables, int enough, String... path)
            throws InterruptedException {
        List<ApiJson> nodes = new ArrayList<>();
        Map<String, Object> asked = new HashMap<>(variables);
        asked.put("first", PAGE);
        String cursor = null;
        for (int page = 0; page < MOST_PAGES; page++) {
            ApiJson connection = shared(operation, asked).said();
            for (String name : path) {
                connection = connection.get(name).said();
            }
            for (ApiJson edge : connection.get("edges").list()) {
                nodes.add(edge.get("node").said());
            }
            ApiJson info = connection.get("pageInfo").said();
            if (!info.get("hasNextPage").flag() || nodes.size() >= enough) {
                return nodes;
            }
            String next = info.get("endCursor").text();
            if (Objects.equals(next, cursor)) {
                throw ApiProblem.undecided("Railway does not go on with " + operation + " after page " + (page + 1));
            }
            cursor = next;
            asked.put("after", next);
        }
        throw ApiProblem.undecided("Railway lists more than " + MOST_PAGES * PAGE + " of " + operation);
    }

    /** What checks that ask the same at the same time need not ask twice. */
    private ApiJson shared(Operation operation, Map<String, ?> variables) throws InterruptedException {
        TokenKind kind = session.settings().kind();
        if (operation.isWriting()) {
            session.reads().forget();
            return send(operation, variables, kind);
        }
        return session.reads()
                .ask(
                        operation.name() + " " + new TreeMap<>(variables),
                        context,
                        () -> send(operation, variables, kind));
    }

    private ApiJson send(Operation operation, Map<String, ?> variables, TokenKind kind) throws InterruptedException {
        URI endpoint = session.settings().endpoint();
        ApiRequest request =
                operation.isWriting() ? ApiRequest.writing("POST", endpoint) : ApiRequest.reading("POST", endpoint);
        Map<String, Object> body = new HashMap<>();
        body.put("query", operation.document());
        body.put("variables", variables);
        body.put("operationName", operation.title());
        return session.transport()
                .exchange(kind.authorize(request, session.reveal(context)).json(body), context)
                .json()
                .get("data")
                .get(operation.root());
    }

    // ---- whose token it is, and where

    /** What the token opens, confirmed to be what was meant; asked once in a session. */
    public Scope scope() throws InterruptedException {
        Optional<Scope> known = session.memory().remembered(scopeKey(), Scope.class);
        return known.isPresent() ? known.get() : freshScope();
    }

    /** The same, asked now. */
    public Scope freshScope() throws InterruptedException {
        try {
            Scope found = session.settings().kind() == TokenKind.PROJECT ? ofProjectToken() : ofOtherToken();
            session.memory().remember(scopeKey(), found);
            return found;
        } catch (ApiProblem e) {
            boolean letIn = e.kind() != Kind.NOT_ACCEPTED && e.kind() != Kind.DENIED;
            if (letIn || e.code().equals(ELSEWHERE)) {
                throw e;
            }
            throw session.memory().remembered(scopeKey(), Scope.class).isPresent() ? explained(e) : notLetIn(e);
        }
    }

    private String scopeKey() {
        return "scope " + project + "/" + environment;
    }

    private Scope ofProjectToken() throws InterruptedException {
        ApiJson token =
                send(Operation.PROJECT_TOKEN, Map.of(), TokenKind.PROJECT).said();
        ApiJson opened = token.get("project").said();
        ApiJson where = token.get("environment").said();
        String opens = opened.get("name").text() + "/" + where.get("name").text();
        if (!isMeant(opened, project) || !isMeant(where, environment)) {
            throw elsewhere("the token opens " + opens + ", not " + project + "/" + environment
                    + ": make a project token in the settings of the project that is meant");
        }
        return scope(living(opened), where);
    }

    private Scope ofOtherToken() throws InterruptedException {
        ApiJson found = ID.matcher(project).matches() ? byId() : byName();
        ApiJson where = only(
                "environment " + environment + " of project " + project,
                living(pages(
                        Operation.ENVIRONMENTS,
                        Map.of("projectId", found.get("id").text()))),
                environment);
        return scope(found, where);
    }

    private ApiJson byId() throws InterruptedException {
        try {
            return send(
                            Operation.PROJECT,
                            Map.of("id", project),
                            session.settings().kind())
                    .said();
        } catch (ApiProblem e) {
            // said of a project elsewhere too, so that the token is looked at alone
            if (e.kind() == Kind.DENIED || e.kind() == Kind.NOT_FOUND) {
                send(Operation.API_TOKEN, Map.of(), session.settings().kind()).said();
                throw elsewhere(
                        "the token opens no project " + project + ": it is gone, or belongs to another workspace");
            }
            throw e;
        }
    }

    private ApiJson byName() throws InterruptedException {
        List<ApiJson> all = new ArrayList<>();
        for (ApiJson workspace : send(
                        Operation.API_TOKEN, Map.of(), session.settings().kind())
                .said()
                .get("workspaces")
                .list()) {
            all.addAll(living(pages(
                    Operation.PROJECTS,
                    Map.of("workspaceId", workspace.get("id").text()))));
        }
        return only("project " + project, all, project);
    }

    private static ApiJson living(ApiJson found) {
        if (found.get("deletedAt").isPresent()) {
            throw elsewhere("project " + found.get("name").text() + " is deleted");
        }
        return found;
    }

    private static List<ApiJson> living(List<ApiJson> nodes) {
        return nodes.stream().filter(node -> !node.get("deletedAt").isPresent()).toList();
    }

    /** The only one with this name or id. */
    private static ApiJson only(String what, List<ApiJson> all, String meant) {
        List<ApiJson> found = all.stream().filter(one -> isMeant(one, meant)).toList();
        if (found.isEmpty()) {
            List<String> names =
                    all.stream().map(one -> one.get("name").text()).sorted().toList();
            throw elsewhere("the token opens no " + what + ": it opens "
                    + (names.isEmpty() ? "none" : String.join(", ", names)));
        } else if (found.size() > 1) {
            throw elsewhere("there is more than one " + what + ": say its id");
        }
        return found.get(0);
    }

    private static boolean isMeant(ApiJson named, String meant) {
        return named.get("id").text().equals(meant) || named.get("name").text().equals(meant);
    }

    private static Scope scope(ApiJson project, ApiJson environment) {
        return new Scope(
                project.get("id").text(),
                project.get("name").text(),
                environment.get("id").text(),
                environment.get("name").text(),
                project.get("workspaceId").textIfAny().orElse(null));
    }

    /** The code of a problem that is a definite answer: the token is good, and opens something else. */
    public static final String ELSEWHERE = "golive-elsewhere";

    private static ApiProblem elsewhere(String why) {
        return ApiProblem.of(Kind.DENIED, why).code(ELSEWHERE);
    }

    // ---- what to do about a token

    /** What is wrong with a token that Railway did not let in from the beginning. */
    private ApiProblem notLetIn(ApiProblem problem) throws InterruptedException {
        TokenKind stated = session.settings().kind();
        if (stated != TokenKind.PROJECT && accepted(Operation.API_TOKEN, stated)) {
            return denied(problem);
        }
        Optional<TokenKind> other = otherKind(stated);
        if (other.isPresent()) {
            return problem.reworded("the token is no " + stated + " but "
                    + other.get().one() + ": use " + other.get().factory() + ", or make a " + stated);
        }
        return problem.reworded("Railway does not know the token: make a new " + stated
                + (stated == TokenKind.PROJECT
                        ? " in the settings of the project, under Tokens"
                        : " in the settings of the account, under Tokens"));
    }

    /** As what the token is accepted although it is stated to be something else. */
    private Optional<TokenKind> otherKind(TokenKind stated) throws InterruptedException {
        if (stated == TokenKind.PROJECT) {
            return accepted(Operation.ME, TokenKind.ACCOUNT)
                    ? Optional.of(TokenKind.ACCOUNT)
                    : accepted(Operation.API_TOKEN, TokenKind.WORKSPACE)
                            ? Optional.of(TokenKind.WORKSPACE)
                            : Optional.empty();
        }
        return accepted(Operation.PROJECT_TOKEN, TokenKind.PROJECT) ? Optional.of(TokenKind.PROJECT) : Optional.empty();
    }

    private boolean accepted(Operation operation, TokenKind as) throws InterruptedException {
        try {
            return send(operation, Map.of(), as).isPresent();
        } catch (ApiProblem e) {
            if (e.kind() == Kind.NOT_ACCEPTED || e.kind() == Kind.DENIED) {
                return false;
            }
            throw e;
        }
    }

    /** "Not Authorized" is said of a bad token, of no access, and of what is gone; the token is looked at alone. */
    private ApiProblem explained(ApiProblem problem) throws InterruptedException {
        if (problem.kind() != Kind.DENIED && problem.kind() != Kind.NOT_ACCEPTED) {
            return problem;
        }
        TokenKind kind = session.settings().kind();
        boolean good = accepted(kind == TokenKind.PROJECT ? Operation.PROJECT_TOKEN : Operation.API_TOKEN, kind);
        return good
                ? denied(problem)
                : problem.reworded("Railway no longer accepts the " + kind
                        + ", which it accepted before: it was revoked; make a new one");
    }

    private ApiProblem denied(ApiProblem problem) {
        return problem.reworded("Railway denies the request, though the "
                + session.settings().kind()
                + " is good: it does not reach that far, or what is asked about was deleted");
    }

    // ---- services

    /** The id of a service, by its name or its id; empty if there is none. */
    public Optional<String> service(String nameOrId) throws InterruptedException {
        String key = "service " + scope().projectId() + " " + nameOrId;
        Optional<String> known = session.memory().remembered(key, String.class);
        if (known.isPresent()) {
            return known;
        }
        for (ApiJson one : living(all(Operation.SERVICES, Map.of("projectId", scope().projectId()), "services"))) {
            session.memory()
                    .remember(
                            "service " + scope().projectId() + " "
                                    + one.get("id").text(),
                            one.get("id").text());
            session.memory()
                    .remember(
                            "service " + scope().projectId() + " "
                                    + one.get("name").text(),
                            one.get("id").text());
        }
        return session.memory().remembered(key, String.class);
    }

    /** Forgets the id of a service, which may have been made anew under the same name. */
    public void forgetService(String nameOrId) throws InterruptedException {
        session.memory().forget("service " + scope().projectId() + " " + nameOrId);
    }

    // ---- for whoever asks

    /** Keeps something until the session ends. */
    public void remember(String key, Object value) {
        session.memory().remember(key, value);
    }

    /** What was kept in this session. */
    public <T> Optional<T> remembered(String key, Class<T> type) {
        return session.memory().remembered(key, type);
    }

    /** What Railway last said of its hourly limit. */
    public Optional<RateLimit> rateLimit() {
        return session.transport().rateLimit();
    }

    /** The attempt. */
    public CheckContext context() {
        return context;
    }
}
