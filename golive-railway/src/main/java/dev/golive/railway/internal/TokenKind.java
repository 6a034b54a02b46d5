package dev.golive.railway.internal;

import dev.golive.provider.ApiRequest;

/** The kinds of tokens, which differ in what they open and in how they are sent. */
public enum TokenKind {
    /** Opens one environment of one project. */
    PROJECT("project token", "Railway.projectToken(..)"),
    /** Opens one workspace. */
    WORKSPACE("workspace token", "Railway.workspaceToken(..)"),
    /** Opens everything that its owner can do. */
    ACCOUNT("account token", "Railway.accountToken(..)");

    private final String words;
    private final String factory;

    TokenKind(String words, String factory) {
        this.words = words;
        this.factory = factory;
    }

    /** How golive is told of it. */
    public String factory() {
        return factory;
    }

    /** The kind with its article. */
    String one() {
        return (this == ACCOUNT ? "an " : "a ") + words;
    }

    ApiRequest authorize(ApiRequest request, String token) {
        return this == PROJECT
                ? request.header("project-access-token", token)
                : request.header("authorization", "Bearer " + token);
    }

    @Override
    public String toString() {
        return words;
    }
}
