package dev.golive.testkit.railway;

import org.jspecify.annotations.Nullable;

/** Whose token a request has, and what it is good for. */
final class Caller {

    enum Kind {
        ACCOUNT,
        WORKSPACE,
        PROJECT,
        /** An account of somebody who has no access to anything here. */
        STRANGER,
        NOBODY
    }

    private final Kind kind;
    private final @Nullable FakeRailwayEnvironment scope;
    private final @Nullable RailwayError refusal;

    private Caller(Kind kind, @Nullable FakeRailwayEnvironment scope, @Nullable RailwayError refusal) {
        this.kind = kind;
        this.scope = scope;
        this.refusal = refusal;
    }

    static Caller of(Kind kind) {
        return new Caller(kind, null, null);
    }

    static Caller project(FakeRailwayEnvironment scope) {
        return new Caller(Kind.PROJECT, scope, null);
    }

    static Caller refused(RailwayError refusal) {
        return new Caller(Kind.NOBODY, null, refusal);
    }

    Kind kind() {
        return kind;
    }

    /** Refuses those who are none of the kinds. */
    void mustBe(Kind... kinds) {
        if (refusal != null) {
            throw refusal;
        }
        for (Kind one : kinds) {
            if (one == kind) {
                return;
            }
        }
        throw RailwayError.notAuthorized();
    }

    /** Refuses those who are not let into the workspace. */
    void inWorkspace() {
        mustBe(Kind.ACCOUNT, Kind.WORKSPACE);
    }

    /** Refuses those who may see nothing of the project. */
    void inProject() {
        mustBe(Kind.ACCOUNT, Kind.WORKSPACE, Kind.PROJECT);
    }

    /** Refuses those who may see nothing of an environment. */
    void in(FakeRailwayEnvironment environment) {
        inProject();
        if (!sees(environment)) {
            throw RailwayError.notAuthorized();
        }
    }

    boolean sees(FakeRailwayEnvironment environment) {
        return kind != Kind.PROJECT || scope == environment;
    }

    /** The environment of a project token. */
    FakeRailwayEnvironment scope() {
        mustBe(Kind.PROJECT);
        if (scope == null) {
            throw RailwayError.notAuthorized();
        }
        return scope;
    }

    /** What is said of something that is not there: nothing, to those who may not see all of the project. */
    RailwayError missing(String what) {
        inProject();
        return kind == Kind.PROJECT ? RailwayError.notAuthorized() : RailwayError.saying(what + " not found");
    }
}
